using ChaosHarness.Containers.Engines;
using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.Containers.Engines;
using ChaosHarness.Fixtures.Containers.Images;
using ChaosHarness.Processes;

namespace ChaosHarness.Containers.Tests;

/// <summary>One engine for all tests: that of this machine, or one of their own where they may start it.</summary>
[SetUpFixture]
public sealed class EngineOfTests
{
    private static SharedEngine? s_shared;
    private static string? s_missing;
    private static string? s_image;

    /// <summary>The engine; without one the test is left out, with the reason.</summary>
    internal static ContainerEngine Engine
    {
        get
        {
            if (s_missing is { } reason)
            {
                Assert.Ignore(reason);
            }

            return s_shared!.Engine;
        }
    }

    /// <summary>An image with a shell and a few programs.</summary>
    internal static string Image => s_image!;

    /// <summary>An image with what programs on hosts need.</summary>
    internal static Task<string> HostImageAsync() => EnsureImageAsync(Engine, "chaosharness/host", "/bin/sh", "/usr/bin/printf", "/usr/bin/head", "/usr/bin/tr", "/bin/echo", "/bin/true", "/usr/bin/setsid", "/bin/mkdir", "/usr/bin/touch", "/bin/grep", "/usr/bin/timeout");

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        try
        {
            s_shared = await SharedEngine.FindAsync();
            s_image = await EnsureImageAsync(s_shared.Engine);
        }
        catch (Exception exception) when (exception is NotRunException or ImpossibleException or TopologyFailedException)
        {
            s_missing = $"These tests need a container engine: {exception.Message}";
        }
    }

    [OneTimeTearDown]
    public static async Task EndAsync()
    {
        if (s_shared is not null)
        {
            await s_shared.DisposeAsync();
        }
    }

    internal static Task<string> EnsureImageAsync(ContainerEngine engine) => EnsureImageAsync(engine, "chaosharness/tiny", "/usr/bin/getent");

    private static async Task<string> EnsureImageAsync(ContainerEngine engine, string name, params IEnumerable<string> programs)
    {
        var image = new HostImage(name).EmptyFolder("tmp", mode: (UnixFileMode)0b111_111_111);
        foreach (var program in programs.Concat(["/bin/bash", "/bin/sleep", "/bin/rm", "/bin/cat"]))
        {
            await image.ProgramAsync(program, CancellationToken.None);
        }

        return await image.EnsureAsync(engine, CancellationToken.None);
    }
}
