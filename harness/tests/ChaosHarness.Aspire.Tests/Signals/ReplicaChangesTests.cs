using ChaosHarness.Aspire.Signals;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChaosHarness.Aspire.Tests.Signals;

public sealed class ReplicaChangesTests
{
    private readonly List<string> _told = [];
    private ReplicaChanges _changes = null!;

    [SetUp]
    public void Begin()
    {
        _changes = new ReplicaChanges("api-1");
        _told.Clear();
    }

    [Test]
    public void How_things_stand_at_first_is_no_change()
    {
        Say(1, "Running", HealthStatus.Healthy);
        Say(2, "Running", HealthStatus.Healthy);

        Assert.That(_told, Is.Empty);
    }

    [Test]
    public void That_it_is_wrong_from_the_beginning_is_told()
    {
        Say(1, "FailedToStart");

        Assert.That(_told, Is.EqualTo(new[] { "1 api-1 Detected FailedToStart" }));
    }

    [Test]
    public void A_replica_that_ended_has_recovered_once_it_runs_again()
    {
        Say(1, "Running", HealthStatus.Healthy);
        Say(2, "Finished", detail: "exit code -1");
        Say(3, "Finished", detail: "exit code -1");
        Say(4, "Starting");
        Say(5, "");
        Say(6, "Running");

        Assert.That(_told, Is.EqualTo(new[] { "2 api-1 Detected Finished: exit code -1", "4 api-1 Noted Starting", "6 api-1 Recovered Running" }));
    }

    [Test]
    public void Health_changed_after_it_was_last_found_otherwise()
    {
        Say(1, "Running", HealthStatus.Healthy);
        Say(5, "Running", HealthStatus.Healthy);
        Say(7, "Running");
        Say(9, "Running", HealthStatus.Degraded, "disk Degraded: full");
        Say(11, "Running", HealthStatus.Unhealthy, "disk Unhealthy: full");
        Say(13, "Running", HealthStatus.Healthy);

        Assert.That(_told, Is.EqualTo(new[]
        {
            "5..9 api-1 health Detected Degraded: disk Degraded: full", "9..11 api-1 health Noted Unhealthy: disk Unhealthy: full", "11..13 api-1 health Recovered Healthy",
        }));
    }

    private void Say(long at, string state, HealthStatus? health = null, string detail = "") => _told.AddRange(
        _changes.Next(new ReplicaState(state, 4711, [], health, detail), at).Select(signal => $"{(signal.NotBefore is { } before ? $"{before}.." : "")}{signal.Timestamp} {signal.Source} {signal.Kind} {signal.Detail}"));
}
