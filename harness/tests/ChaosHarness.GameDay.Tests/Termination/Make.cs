using ChaosHarness.GameDay.Calendars;
using ChaosHarness.GameDay.Termination;

namespace ChaosHarness.GameDay.Tests.Termination;

/// <summary>Makes settings for tests that care for some of them.</summary>
internal static class Make
{
    public static WorkingHours Hours { get; } = WorkingHours.Parse("Mon-Fri 09:00-15:00 Europe/Berlin");

    public static TerminationSettings Settings(params IReadOnlyList<TerminationGroup> groups) => new(Hours, "local", new Answer(null)) { Seed = 7, Groups = groups, IsLeashed = false };

    public static TerminationGroup Group(string name, double mean, int minimum = 1) => new(name, mean, minimum) { Instances = ["a", "b", "c"], Terminate = ["true", "{instance}"], Every = TimeSpan.FromMilliseconds(50) };

    /// <summary>A check that always says the same.</summary>
    internal sealed record Answer(string? Bad) : ICheck
    {
        public Task<string?> WhyBadAsync(CancellationToken cancellationToken) => Task.FromResult(Bad);
    }
}
