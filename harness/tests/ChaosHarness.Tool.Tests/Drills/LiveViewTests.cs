using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Live;
using ChaosHarness.Tool.Drills;
using Spectre.Console;

namespace ChaosHarness.Tool.Tests.Drills;

/// <summary>What a terminal shows of a drill while it goes on.</summary>
public sealed class LiveViewTests
{
    private static readonly LiveSnapshot Outage = new()
    {
        RunId = "1",
        Name = "Losing the primary",
        System = "shop in local",
        Phase = PhaseName.Observe,
        Elapsed = 12.3,
        Faults = [new LiveFault("crash db-a", 4.2, 1.8)],
        Signal = "orders",
        Served = [1, 1, null, 0.5, 0],
        Latency = 0.012,
        Recovery = new LiveRecovery(4, null, true),
        Rto = 8,
    };

    private static readonly DrillPlan Plan = new(new Dictionary<string, TimeSpan> { ["Losing the primary"] = TimeSpan.FromSeconds(20), ["Losing a zone"] = TimeSpan.FromSeconds(30), ["Losing a link"] = TimeSpan.FromSeconds(10) });

    [Test]
    public void It_says_which_experiment_what_is_broken_how_users_are_served_and_how_long_it_takes_yet()
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(End: new LiveEnd("Losing a link", Outcome.Passed, null)));
        state.Add(new LiveEntry(Run: Outage));

        var lines = Draw(state);

        Assert.That(lines[0], Is.EqualTo("nightly   2 of about 3   1 passed   40s   about 38s to go"));
        Assert.That(lines, Has.Member("\u25b6 Losing the primary").And.Member("  waiting for it to recover, 12.3s   shop in local").And.Member("  crash db-a: 4.2s, at most 1.8s more"));
        Assert.That(lines, Has.Member("  orders \u2588\u2588 \u2585\u2581 0% served, median 12ms"));
        Assert.That(lines, Has.Member("  not served for 4s of RTO 8s \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591"));
        Assert.That(lines[^1], Is.EqualTo("PASSED       Losing a link"));
    }

    [Test]
    public void A_run_that_is_over_is_gone_and_how_it_ended_stands_there()
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage));
        state.Add(new LiveEntry(Run: Outage with { IsOver = true }));
        state.Add(new LiveEntry(End: new LiveEnd(Outage.Name, Outcome.Failed, "missed by 2s\nsaw HTTP 404")));

        Assert.That(Draw(state), Is.EqualTo(new[] { "nightly   1 of about 3 done   1 failed   40s   about 40s to go", "the next one starts, or nothing is left", "FAILED       Losing the primary", "  missed by 2s", "  saw HTTP 404" }));
    }

    [Test]
    public void Why_something_failed_takes_the_lines_that_it_needs_but_no_more_than_three()
    {
        var state = new LiveState(DrillPlan.Unknown);
        state.Add(new LiveEntry(End: new LiveEnd("A", Outcome.Failed, "orders recovered within 2s: 5.04s..5.3s, missed by 3.3s; saw 51 of 51: HTTP 404 and then some more words for a fourth line")));

        Assert.That(Draw(state, 40), Is.EqualTo(new[]
        {
            "nightly   1 done   1 failed   40s", "the next one starts, or nothing is left", "FAILED       A", "  orders recovered within 2s:", "  5.04s..5.3s, missed by 3.3s; saw 51", "  of 51: HTTP 404 and then some more",
        }));
    }

    [Test]
    public void An_experiment_that_ran_takes_no_time_any_more_whatever_its_test_is_called()
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage));
        state.Add(new LiveEntry(Run: Outage with { IsOver = true }));
        state.Add(new LiveEntry(End: new LiveEnd("Its_test(a)", Outcome.Passed, null)));

        Assert.That(state.Left, Is.EqualTo(TimeSpan.FromSeconds(40)));
    }

    [Test]
    public void Experiments_that_are_no_more_are_not_waited_for()
    {
        var state = new LiveState(Plan with { Ids = new Dictionary<string, string> { ["Losing the primary"] = "primary", ["Losing a zone"] = "zone", ["Losing a link"] = "link" } });
        state.Add(LiveEntry.Read(new LiveEntry { Experiments = ["primary", "new"] }.Write())!);
        state.Add(new LiveEntry(Run: Outage));

        Assert.That(Draw(state)[0], Is.EqualTo("nightly   1 of about 1   40s   about 8s to go"));
    }

    [TestCase(0.5, "  halts by error budget of orders: 50% of the way")]
    [TestCase(0.999, "  halts by error budget of orders: 99% of the way")]
    [TestCase(0.1, null)]
    public void How_near_a_run_is_to_being_halted_is_told_when_it_is(double used, string? line)
    {
        var state = new LiveState(Plan);
        state.Add(LiveEntry.Read(new LiveEntry(Run: Outage with { Stops = [new LiveStop("error budget of orders", used), new LiveStop("cost", 0)] }).Write())!);

        Assert.That(Draw(state), line is null ? Has.None.Contains("halts by") : Has.Member(line));
    }

    [Test]
    public void Where_nothing_is_known_nothing_is_promised() =>
        Assert.That(Draw(new LiveState(DrillPlan.Unknown)), Is.EqualTo(new[] { "nightly   experiment 1   40s", "the tests start" }));

    [TestCase(120, "  served again after 2.56s..2.66s of RTO 5s \u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2588\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591\u2591")]
    [TestCase(50, "  served again after 2.56s..2.66s of RTO 5s")]
    [TestCase(40, "  2.56s..2.66s of RTO 5s")]
    public void How_long_recovery_took_is_the_last_that_a_narrow_terminal_cuts_off(int width, string line)
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage with { Recovery = new LiveRecovery(2.56, 2.66, true), Rto = 5 }));

        Assert.That(Draw(state, width), Has.Member(line));
    }

    [TestCase(40)]
    [TestCase(10)]
    public void A_narrow_terminal_cuts_lines_off_and_wraps_none(int width)
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage with { Name = new string('W', 200), System = "مرحبا \U0001f600 " + new string('x', 100) }));

        var lines = Draw(state, width);

        Assert.That(lines, Has.Count.EqualTo(6));
        Assert.That(lines.Select(line => line.Length), Is.All.LessThanOrEqualTo(width));
        Assert.That(lines[1], Is.EqualTo("\u25b6 " + new string('W', width - 3) + "~"));
    }

    [Test]
    public void A_terminal_without_unicode_and_colours_gets_neither()
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage));

        var lines = Draw(state, unicode: false);

        Assert.That(string.Concat(lines), Has.All.LessThan('\u0080'));
        Assert.That(lines, Has.Member("  orders %% *. 0% served, median 12ms").Or.Some.Contains("orders ##"));
    }

    [Test]
    public void Names_do_not_steer_the_terminal()
    {
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage with { Name = "\u001b[2J[red]gone[/]\u202e", Faults = [new LiveFault("\u001b]0;title\u0007", 1, 1)] }));

        Assert.That(string.Concat(Draw(state)), Does.Contain("[red]gone[/]").And.Not.Contain("\u001b").And.Not.Contain("\u0007").And.Not.Contain("\u202e"));
    }

    [Test]
    public void It_reads_the_same_in_every_culture()
    {
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "minus" } };
        var state = new LiveState(Plan);
        state.Add(new LiveEntry(Run: Outage));

        Assert.That(Draw(state), Has.Member("  crash db-a: 4.2s, at most 1.8s more"));
    }

    [Test]
    public void A_feed_is_read_as_it_grows_and_half_a_line_waits_for_its_end()
    {
        var file = Path.Combine(Path.GetTempPath(), $"feed-{Guid.NewGuid():N}.jsonl");
        try
        {
            var tail = new LiveTail(file);
            Assert.That(tail.Read(), Is.Empty, "there is no file yet");

            var line = new LiveEntry(End: new LiveEnd("\U0001f600", Outcome.Passed, null)).Write();
            var bytes = System.Text.Encoding.UTF8.GetBytes("garbage\n" + line + "\n" + line);
            var half = bytes.Length - line.Length - 5;
            File.WriteAllBytes(file, bytes[..half]);
            Assert.That(tail.Read(), Is.Empty);
            Append(file, bytes[half..]);
            Assert.That(tail.Read().Single().End!.Name, Is.EqualTo("\U0001f600"));
            Append(file, "\n"u8.ToArray());
            Assert.That(tail.Read(), Has.Count.EqualTo(1));
            Assert.That(tail.Read(), Is.Empty);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public void The_plan_is_the_last_drill_with_the_medians_of_its_experiments()
    {
        LedgerRun Run(string name, double hoursAgo, double seconds) => new()
        {
            RunId = $"{name}-{hoursAgo}",
            ExperimentId = name,
            Name = name,
            System = "shop",
            Environment = "local",
            Topology = "memory",
            StartedAt = DateTimeOffset.UnixEpoch.AddDays(100).AddHours(-hoursAgo),
            Duration = TimeSpan.FromSeconds(seconds),
            Outcome = Outcome.Passed,
        };

        var plan = DrillPlan.Of([[Run("a", 0, 10), Run("a", 24, 30), Run("a", 48, 20)], [Run("b", 0.2, 5)], [Run("left out since", 30, 5)], []]);

        Assert.That(plan.Durations, Is.EquivalentTo(new Dictionary<string, TimeSpan> { ["a"] = TimeSpan.FromSeconds(20), ["b"] = TimeSpan.FromSeconds(5) }));
        Assert.That(plan.Only(["b"]).Durations.Keys, Is.EqualTo(new[] { "b" }));
        Assert.That(DrillPlan.Of([]), Is.SameAs(DrillPlan.Unknown));
    }

    private static void Append(string file, byte[] bytes)
    {
        using var stream = new FileStream(file, FileMode.Append);
        stream.Write(bytes);
    }

    private static List<string> Draw(LiveState state, int width = 120, bool unicode = true)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = unicode;
        console.Write(LiveView.Draw(console, "nightly", state, TimeSpan.FromSeconds(40)));
        return [.. writer.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }
}
