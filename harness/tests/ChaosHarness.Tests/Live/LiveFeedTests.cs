using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Live;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Experiments;

namespace ChaosHarness.Tests.Live;

/// <summary>What is shown of a run while it goes on, of a system that is known to be that bad.</summary>
public sealed class LiveFeedTests
{
    private FakeSystem _shop = null!;
    private string _file = "";

    [SetUp]
    public void OpenShop() => (_shop, _file) = (new FakeSystem(), Path.Combine(Path.GetTempPath(), $"live-{Guid.NewGuid():N}.jsonl"));

    [TearDown]
    public void CloseShop()
    {
        _shop.Dispose();
        File.Delete(_file);
    }

    [Test]
    public async Task Who_follows_it_sees_the_fault_the_outage_and_the_recovery()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(3);

        var record = await RunAsync(_shop.Experiment.Objectives(Objectives.Parse("4s", null, null)));

        var seen = Snapshots();
        Assert.That(seen, Has.Count.GreaterThan(6));
        Assert.That(seen.Select(look => (look.RunId, look.Name, look.System)).Distinct(), Is.EqualTo(new[] { (record.RunId, record.Name, "shop in local") }));
        Assert.That(seen.Select(look => look.Elapsed), Is.Ordered);
        Assert.That(seen.Select(look => look.IsOver), Is.EqualTo(Enumerable.Repeat(false, seen.Count - 1).Append(true)));
        var injected = record.Injection!.Value.Start.TotalSeconds;
        var outage = seen.Where(look => look.Elapsed > injected + 0.6 && look.Elapsed < injected + 2.9).ToList();
        Assert.That(outage, Is.Not.Empty);
        Assert.That(outage.Select(look => look.Phase), Is.All.EqualTo(PhaseName.Observe));
        Assert.That(outage.Select(look => look.Faults.Single().Name), Is.All.EqualTo("switch it off"));
        Assert.That(outage.Select(look => look.Faults.Single().For - (look.Elapsed - injected)), Is.All.EqualTo(0).Within(0.01));
        Assert.That(outage.Select(look => look.Recovery!), Is.All.Matches<LiveRecovery>(recovery => recovery is { IsInterrupted: true, Upper: null }));
        Assert.That(outage.Select(look => look.Recovery!.Lower - (look.Elapsed - injected)), Is.All.EqualTo(0).Within(0.05), "as long as it has lasted");
        Assert.That(outage[^1].Served[^1], Is.Zero);
        Assert.That(outage.Select(look => (look.Signal, look.Rto)), Is.All.EqualTo(("orders", 4d)));
        var after = seen[^1];
        Assert.That(after.Recovery!.Lower, Is.LessThanOrEqualTo(3 + 1e-6));
        Assert.That(after.Recovery.Upper, Is.GreaterThanOrEqualTo(3).And.EqualTo(record.Find(FigureNames.RecoveryTime)!.Figure.Upper));
        Assert.That(after.Faults, Is.Empty);
        Assert.That(after.Served[^1], Is.GreaterThan(0.3), "of a second that ends with the run");
    }

    [Test]
    public async Task Before_anything_struck_nothing_is_said_of_a_recovery()
    {
        await RunAsync(_shop.Experiment);

        Assert.That(Snapshots().TakeWhile(look => look.Phase <= PhaseName.SteadyState).Select(look => look.Recovery), Is.All.Null);
    }

    [Test]
    public async Task What_never_heals_is_not_served_up_to_the_end_of_observing()
    {
        var record = await RunAsync(_shop.Experiment.Expect(Recovered.Within("2s")));

        Assert.That(Snapshots()[^1].Recovery, Is.EqualTo(new LiveRecovery((record.Cut - record.Injection!.Value.Start)!.Value.TotalSeconds, null, true)).Using<LiveRecovery>((one, other) => one.Upper == other.Upper && Math.Abs(one.Lower - other.Lower) < 0.05));
    }

    [Test]
    public async Task A_file_that_cannot_be_written_troubles_no_run()
    {
        Directory.CreateDirectory(_file);
        try
        {
            Assert.That((await RunAsync(_shop.Experiment)).Outcome, Is.Not.EqualTo(Outcome.Broken));
            new LiveFeed(_file).Write(new LiveEnd("x", Outcome.Passed, null));
        }
        finally
        {
            Directory.Delete(_file);
        }
    }

    [Test]
    public async Task Secrets_in_names_are_masked_and_objectives_are_those_of_the_systems_speed()
    {
        await RunAsync(_shop.Experiment.Named("token: hunter2-hunter2").On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _file, Speed = 20 }).Objectives(Objectives.Parse("60s", null, null)));

        Assert.That(Snapshots().Select(look => (look.Name, look.Rto)), Is.All.EqualTo(("token: ***", 3d)));
    }

    [Test]
    public void An_end_is_read_as_it_was_written()
    {
        var feed = new LiveFeed(_file);
        feed.Write(new LiveEnd("test", Outcome.Failed, "two\nlines \u001b[31m"));

        var end = File.ReadAllLines(_file).Select(LiveEntry.Read).Single()!.End!;
        Assert.That(end, Is.EqualTo(new LiveEnd("test", Outcome.Failed, "two\nlines \u001b[31m")));
    }

    [Test, Platform("Linux")]
    public void A_file_that_hangs_is_given_up_and_keeps_nobody_else_from_writing()
    {
        using (var mkfifo = System.Diagnostics.Process.Start("mkfifo", [_file]))
        {
            mkfifo.WaitForExit();
        }

        var other = _file + ".other";
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            new LiveFeed(_file).Write(new LiveEnd("hangs", Outcome.Passed, null));
            new LiveFeed(_file).Write(new LiveEnd("hangs too", Outcome.Passed, null));
            new LiveFeed(other).Write(new LiveEnd("written", Outcome.Passed, null));

            Assert.That(TimeProvider.System.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(10)));
            Assert.That(File.ReadAllText(other), Does.Contain("written"));
        }
        finally
        {
            File.Delete(other);
            // Whoever waits for a reader is let go.
            using var reader = new FileStream(_file, FileMode.Open, FileAccess.ReadWrite);
        }
    }

    [TestCase("")]
    [TestCase("{\"run\":{\"runId\":null,\"name\":\"x\",\"system\":\"s\",\"phase\":\"Observe\",\"elapsed\":1}}")]
    [TestCase("{")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{\"run\":{}}")]
    [TestCase("{\"end\":{\"outcome\":\"Nothing\"}}")]
    public void What_is_no_line_is_none(string line) => Assert.That(LiveEntry.Read(line), Is.Null);

    [Test]
    public async Task Several_writers_do_not_mix_their_lines()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(() =>
        {
            var feed = new LiveFeed(_file);
            for (var i = 0; i < 100; i++)
            {
                feed.Write(new LiveEnd(new string((char)('a' + writer), 500), Outcome.Passed, null));
            }
        })));

        Assert.That(File.ReadAllLines(_file).Select(line => LiveEntry.Read(line)?.End?.Name.Distinct().Count()), Is.EqualTo(Enumerable.Repeat(1, 800)));
    }

    private Task<RunRecord> RunAsync(ExperimentBuilder experiment) => _shop.RunAsync(experiment, _shop.Options with { Watchers = [new LiveFeed(_file, _shop.Time)] });

    private List<LiveSnapshot> Snapshots() => [.. File.ReadAllLines(_file).Select(line => LiveEntry.Read(line)!.Run!)];
}
