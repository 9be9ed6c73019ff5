using ChaosHarness.NUnit.Tests;
using ChaosHarness.Safety;

[assembly: PermittedBy(typeof(PermitTests.Closed))]

namespace ChaosHarness.NUnit.Tests;

public sealed class PermitTests
{
    private const string Parameter = "Chaos.ClosedBecause";

    [Test]
    public void Who_the_assembly_names_refuses_its_runs_with_what_the_profile_says()
    {
        using var run = TestRun.Of("Passes", (Parameter, "  stocktaking "), ("Chaos.Inconclusive", "fail"));

        Assert.That((run.Result.ResultState.Label, run.Recorded.Single().Reason), Is.EqualTo(("Inconclusive", "closed because of stocktaking")));
    }

    [Test]
    public void A_value_that_it_cannot_read_is_named_and_nothing_runs()
    {
        using var run = TestRun.Of("Passes", (Parameter, "?"));

        Assert.That((run.Result.ResultState.Label, run.Result.Message), Is.EqualTo(("Invalid", $"The runsettings are wrong. {Parameter} is '?', but must be a reason.")));
    }

    [Test]
    public void Its_parameters_are_known_to_the_profile_and_nobody_elses()
    {
        var permits = AssemblyPermits.Of([typeof(Closed), typeof(Open)]);
        var profile = Profile.From(new Dictionary<string, string> { [Parameter] = "a fair" }, "/base", permits);

        Assert.That(profile.Options.Safety.Permits.Select(permit => permit.GetType()), Is.EqualTo(new[] { typeof(Open), typeof(Closed.Permit) }));
        Assert.That(Profile.From(new Dictionary<string, string>(), "/base", permits).Options.Safety.Permits.Select(permit => permit.GetType()), Is.EqualTo(new[] { typeof(Open) }));
        Assert.That(
            () => Profile.From(new Dictionary<string, string> { [Parameter] = "a fair" }, "/base"),
            Throws.TypeOf<FormatException>().With.Message.StartsWith($"The runsettings are wrong. There is no parameter '{Parameter}'. There are: ").And.Message.EndsWith("What [assembly: PermittedBy] and [assembly: WatchedBy] name brings others: DrillCalendarSettings those of hours and freezes, such as Chaos.DrillHours, and GameDayBoard Chaos.Board, both of the package ChaosHarness.GameDay."));
        Assert.That(
            () => Profile.From(new Dictionary<string, string> { ["ChaosClosedBecause"] = "a fair" }, "/base", permits),
            Throws.TypeOf<FormatException>().With.Message.Contains("no parameter 'ChaosClosedBecause'").And.Message.Contains(Parameter));
    }

    [TestCase(typeof(string), "[PermittedBy] names System.String, which cannot be made: ")]
    [TestCase(typeof(List<int>), "[PermittedBy] names System.Collections.Generic.List`1[System.Int32]. Name a type that is an IRunPermit or an IRunPermitFactory.")]
    [TestCase(typeof(Throwing), "[PermittedBy] names ChaosHarness.NUnit.Tests.PermitTests+Throwing, which cannot be made: no calendar")]
    public void A_type_that_permits_nothing_keeps_everything_from_running(Type type, string message) =>
        Assert.That(() => AssemblyPermits.Of([type]), Throws.InvalidOperationException.With.Message.StartsWith(message));

    internal sealed class Closed : IRunPermitFactory
    {
        public IReadOnlyList<string> Parameters => [Parameter];

        public IRunPermit? Create(IReadOnlyDictionary<string, string> parameters, string baseFolder) => parameters.GetValueOrDefault(Parameter) switch
        {
            null or "" => null,
            "?" => throw new FormatException($"{Parameter} is '?', but must be a reason."),
            var reason => new Permit(reason),
        };

        internal sealed class Permit(string reason) : IRunPermit
        {
            public ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken) => ValueTask.FromResult<string?>("closed because of " + reason);
        }
    }

    private sealed class Open : IRunPermit
    {
        public ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
    }

    private sealed class Throwing : IRunPermit
    {
        public Throwing() => throw new InvalidOperationException("no calendar");

        public ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);
    }
}
