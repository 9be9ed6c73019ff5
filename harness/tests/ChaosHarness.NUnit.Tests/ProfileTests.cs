using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Outcomes;
using ChaosHarness.Safety;

namespace ChaosHarness.NUnit.Tests;

public sealed class ProfileTests
{
    [Test]
    public void Without_parameters_the_defaults_hold()
    {
        var profile = Read([]);

        Assert.That(profile.Recording.ResultsFolder, Is.EqualTo($"/base/artifacts/sessions/{TestSession.Name}/allure-results"));
        Assert.That(profile.Recording.JournalFolder, Is.EqualTo("/base/artifacts/journals"));
        Assert.That(profile.Options.Safety.AllowedEnvironments, Is.EqualTo(new[] { "local" }));
        Assert.That(profile.Options.Recorders.Single(), Is.TypeOf<JournalRecorder>());
        Assert.That(profile.Inconclusive, Is.EqualTo(new InconclusiveTests(Fail: true, FailImpossible: false)), "what tried nothing is not green");
    }

    [Test]
    public void Every_parameter_is_read()
    {
        var profile = Read(new()
        {
            ["Chaos.AllowedEnvironments"] = "local, staging",
            ["Chaos.ProductionPermission"] = "yes",
            ["Chaos.ProductionWords"] = "echt, live",
            ["Chaos.LeaseWait"] = "10m",
            ["Chaos.Limits"] = "revert = 2m, RevertAttempts=5",
            ["Chaos.MaximumTargets"] = "7",
            ["Chaos.MaximumTargetShare"] = "0.25",
            ["Chaos.HaltFile"] = "HALT",
            ["Chaos.SessionTimeout"] = "25m",
            ["Chaos.Inconclusive"] = "pass",
            ["Chaos.Impossible"] = "fail",
            ["Chaos.Live"] = "off",
            ["Chaos.Watchdog"] = "off",
            ["Chaos.ResultsFolder"] = "/elsewhere/results",
            ["Chaos.FaultJournalFolder"] = "faults",
            ["Chaos.Profile"] = "game-day",
            ["Chaos.Seed"] = "-7",
            ["Chaos.Ledger"] = "Host=db",
            ["Others.Parameter"] = "left alone",
        });

        Assert.That(profile.Options.Safety.AllowedEnvironments, Is.EqualTo(new[] { "local", "staging" }));
        Assert.That(profile.Options.Safety.ProductionPermission, Is.EqualTo("yes"));
        Assert.That(profile.Options.Safety.ProductionWords, Is.EqualTo(new[] { "echt", "live" }));
        Assert.That(profile.Options.Limits, Is.EqualTo(new CallLimits { Revert = TimeSpan.FromMinutes(2), RevertAttempts = 5 }));
        Assert.That(profile.Options.LeaseWait, Is.EqualTo(TimeSpan.FromMinutes(10)));
        Assert.That(profile.Options.Safety.MaximumTargets, Is.EqualTo(7));
        Assert.That(profile.Options.Safety.MaximumTargetShare, Is.EqualTo(0.25));
        Assert.That(profile.Options.Safety.HaltFiles, Is.EqualTo(new[] { "/base/HALT", "/base/artifacts/HALT", $"/base/artifacts/sessions/{TestSession.Name}/HALT", HaltOrder.OfThisMachine }));
        Assert.That(profile.Recording.ResultsFolder, Is.EqualTo("/elsewhere/results"));
        Assert.That(profile.Inconclusive, Is.EqualTo(new InconclusiveTests(Fail: false, FailImpossible: true)));
        Assert.That(profile.IsLive, Is.False);
        Assert.That(profile.Options.Watchdog, Is.False);
        Assert.That(profile.Options.FaultJournalFolder, Is.EqualTo("/base/faults"));
        Assert.That((profile.Options.Origin.Profile, profile.Options.Origin.Seed), Is.EqualTo(("game-day", -7L)));
        Assert.That(profile.Recording, Is.EqualTo(new RecorderSettings { BaseFolder = "/base", JournalFolder = "/elsewhere/journals", ResultsFolder = "/elsewhere/results", Ledger = "Host=db" }));
    }

    [Test]
    public void Each_session_has_a_name_of_its_own_that_who_starts_it_may_choose()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        Assert.That(TestSession.NameOf("drill-7", now), Is.EqualTo("drill-7"));
        var (one, other) = (TestSession.NameOf(null, now), TestSession.NameOf(null, now));
        Assert.That(one, Does.StartWith("20260102-030405-").And.Not.EqualTo(other));
        foreach (var noName in new[] { "", "..", "../elsewhere", "/elsewhere" })
        {
            Assert.That(TestSession.NameOf(noName, now), Does.StartWith("20260102-030405-"));
        }
    }

    [Test]
    public void Every_wrong_name_and_value_is_named_with_the_valid_ones()
    {
        var exception = Assert.Throws<FormatException>(() => Read(new()
        {
            ["Chaos.MaxTargets"] = "7",
            ["Chaos.MaximumTargets"] = "0",
            ["Chaos.MaximumTargetShare"] = "2",
            ["Chaos.ResultsFolder"] = "",
            ["Chaos.SessionTimeout"] = "0s",
            ["Chaos.Seed"] = "x",
            ["Chaos.Impossible"] = "ignore",
            ["Chaos.ProductionWords"] = " , ",
            ["Chaos.LeaseWait"] = "a while",
            ["ChaosHaltFile"] = "HALT",
            ["ChaosMonkey"] = "of somebody else",
        }))!;

        Assert.That(exception.Message, Does.Contain("no parameter 'Chaos.MaxTargets', 'ChaosHaltFile'. There are: ").And.Contain("Chaos.AllowedEnvironments, "));
        Assert.That(exception.Message, Does.Contain("Chaos.MaximumTargets is '0', but must be a whole number from 1"));
        Assert.That(exception.Message, Does.Contain("Chaos.MaximumTargetShare is '2'").And.Contain("Chaos.ResultsFolder is ''").And.Contain("Chaos.SessionTimeout is '0s'").And.Contain("Chaos.Seed is 'x', but must be a whole number").And.Contain("Chaos.Impossible is 'ignore', but must be skip or fail"));
        Assert.That(exception.Message, Does.Contain("Chaos.ProductionWords is ' , ', but must be at least one word").And.Contain("Chaos.LeaseWait is 'a while'"));
    }

    [TestCase("Revert")]
    [TestCase("Revert=")]
    [TestCase("Revert=0s")]
    [TestCase("Revert=-1s")]
    [TestCase("RevertAttempts=0")]
    [TestCase("RevertAttempts=2s")]
    [TestCase("Plan=1s,Undo=2s")]
    [TestCase("Revert=60d")]
    public void Limits_that_are_none_are_refused_with_those_that_there_are(string limits)
    {
        var exception = Assert.Throws<FormatException>(() => Read(new() { ["Chaos.Limits"] = limits }))!;

        Assert.That(exception.Message, Does.Contain($"Chaos.Limits is '{limits}', but must be limits such as Revert=2m,StopCondition=10s, each above zero and up to a day, of: Look, Plan, "));
    }

    [Test, NonParallelizable]
    public void A_go_in_advance_is_somebodys()
    {
        Environment.SetEnvironmentVariable(GoRequirement.Variable, "  ");
        try
        {
            Assert.That(() => Read(new() { ["Chaos.Go"] = "10m" }), Throws.TypeOf<FormatException>().With.Message.Contains("CHAOSHARNESS_GO_BY of the environment is blank"));
            Assert.That(Read(new() { ["Chaos.Go"] = "off" }).Options.Go, Is.Null, "where nobody asks, nobody is wrong");
            Environment.SetEnvironmentVariable(GoRequirement.Variable, "ann");
            Assert.That(Read(new() { ["Chaos.Go"] = "10m" }).Options.Go?.GivenBy, Is.EqualTo("ann"));
        }
        finally
        {
            Environment.SetEnvironmentVariable(GoRequirement.Variable, null);
        }
    }

    private static Profile Read(Dictionary<string, string> parameters) => Profile.From(parameters, "/base");
}
