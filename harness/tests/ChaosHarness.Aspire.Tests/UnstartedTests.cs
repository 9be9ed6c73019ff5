using Aspire.Hosting;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Systems;

namespace ChaosHarness.Aspire.Tests;

/// <summary>What is said of an application that does not run.</summary>
public sealed class UnstartedTests
{
    [Test]
    public async Task An_application_that_was_not_started_is_no_system()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        builder.AddExecutable("api", "true", ".");
        await using var application = builder.Build();

        Assert.That(() => AspireSystem.Of(application), Throws.InvalidOperationException.With.Message.Contain("await app.StartAsync()"));
    }

    [Test]
    public async Task A_container_is_stopped_and_neither_crashed_nor_frozen()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        var cache = builder.AddContainer("cache", "redis").Resource;
        await using var application = builder.Build();
        var replica = new AspireReplica(application, cache, "cache-abc", new Component("cache", ComponentKind.Cache));

        Assert.That((replica.IsContainer, replica.Swept.Crash, replica.Swept.Freeze), Is.EqualTo((true, (object?)null, (object?)null)));
        Assert.That(replica.Swept.Stop!.Description, Is.EqualTo("stop cache"));
        Assert.That((await replica.Crash().LookAsync(CancellationToken.None)).Obstacle, Does.Contain("container").And.Contain("stop it instead"));
    }
}
