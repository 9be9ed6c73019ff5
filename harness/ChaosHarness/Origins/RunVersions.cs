using System.Reflection;
using System.Runtime.InteropServices;

namespace ChaosHarness.Origins;

/// <summary>With what, and on what, a run was made. What nobody said is null.</summary>
public sealed record RunVersions
{
    /// <summary>The version of ChaosHarness, with its commit where the build knew it.</summary>
    public string? Harness { get; init; }

    /// <summary>The .NET runtime, such as <c>.NET 10.0.1</c>.</summary>
    public string? Runtime { get; init; }

    /// <summary>The operating system, with its processor architecture.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The test framework, such as <c>NUnit 5.0.0</c>.</summary>
    public string? TestFramework { get; init; }

    /// <summary>The assembly that has the experiment with its version, which names the commit where its build knew that.</summary>
    public string? TestAssembly { get; init; }

    /// <summary>The system that was broken, as it says itself.</summary>
    public string? System { get; init; }

    /// <summary>What this process knows of itself.</summary>
    /// <param name="tests">The assembly that has the experiments; null when nobody knows.</param>
    /// <returns>The versions, without those of a test framework and of the system.</returns>
    public static RunVersions Here(Assembly? tests = null) => new()
    {
        Harness = VersionOf(typeof(RunVersions).Assembly),
        Runtime = RuntimeInformation.FrameworkDescription,
        OperatingSystem = $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
        TestAssembly = tests?.GetName().Name is { } name ? $"{name} {VersionOf(tests)}" : null,
    };

    /// <summary>The version of an assembly: the informational one, which may name a commit, else the number.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <returns>Such as <c>1.2.0+3f2a91b</c>; null when it has none.</returns>
    public static string? VersionOf(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString();
    }
}
