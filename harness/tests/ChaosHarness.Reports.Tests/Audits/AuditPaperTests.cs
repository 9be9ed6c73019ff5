using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Ledger.Chains;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Audits;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Reports.Tests.Retrospectives;

namespace ChaosHarness.Reports.Tests.Audits;

/// <summary>What the report of a pack says, and what it says that it does not know.</summary>
public sealed class AuditPaperTests
{
    private static readonly LedgerPlace Place = new(
        "/home/somebody/ledger.db",
        new ChainedRun(812, new string('a', 64), Make.Now, null, []),
        new ChainReport(1201, 0, null, new LedgerHead(1204, new string('b', 64)), null, []));

    [Test]
    public void Every_framework_leads_to_sections_that_there_are_and_says_what_is_not_in_the_pack()
    {
        var paper = Paper(DrilledRecords.Attended());
        var cells = paper.Sections[0].Blocks.OfType<Grid>().SelectMany(grid => grid.Rows).SelectMany(row => row).ToList();

        foreach (var cell in cells.Where(cell => cell.Section is not null))
        {
            Assert.That(paper.Sections[int.Parse(cell.Text["section ".Length..], System.Globalization.CultureInfo.InvariantCulture) - 1].Id, Is.EqualTo(cell.Section), "the number leads where the link does");
        }

        Assert.That(paper.Sections[0].Blocks.OfType<Grid>().Select(grid => grid.Caption), Is.EqualTo(new[] { "DORA: Delegated Regulation (EU) 2024/1774, Article 25, testing of ICT business continuity plans", "SOC 2: A1.3, recovery plan procedures are tested", "ISO 22301: clause 8.5, exercise programme" }));
        Assert.That(cells.Count(cell => cell.Text == "not in this pack"), Is.EqualTo(3));
        Assert.That(Section(DrilledRecords.Attended(), 1), Does.Contain("This is no legal advice"));
        Assert.That(paper.Sections.Select(section => section.Title.Split('.')[0]), Is.EqualTo(Enumerable.Range(1, 12).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Test]
    public void The_plan_has_script_faults_schedule_and_what_would_have_halted_it()
    {
        var text = Section(DrilledRecords.Attended(), 3);

        Assert.That(text, Does.Contain("| Scenario | the rack of the primary loses its power |").And.Contain("| To be halted when | support sees more than ten tickets |").And.Contain("| Steps for people | 1. watch the board; 2. decide on a failover by hand after a minute |"));
        Assert.That(text, Does.Contain("| Stop conditions | error budget of orders, of which 40% was used up at most |").And.Contain("| orders-db is killed | orders-db | 1 | +0s to +45s | process.start |"));
        Assert.That(text, Does.Contain("| Allowed environments, largest number of targets, longest duration of a fault | not recorded |").And.Contain("compares it with the commit of section 10."));
    }

    [Test]
    public void The_plan_as_it_was_approved_has_its_hash_and_what_undoes_each_fault()
    {
        var run = DrilledRecords.Planned();
        var text = Section(run, 3);

        Assert.That(text, Does.Contain($"| SHA-256 of the plan | {run.Plan!.Hash} |").And.Contain("| Made at | 2026-11-25 12:00:01.000 UTC |").And.Contain("| Approved | by Ada, who was shown this hash |"));
        Assert.That(text, Does.Contain("| orders-db is killed | orders-db | 10m | Start orders-db again. |").And.Contain("| the standby is cut off | standby | 60s | not recorded |"));
        Assert.That(text, Does.Contain("| Steady state | orders: success rate at least 99.9%, for 5s |").And.Contain("| Objectives | orders recovered within 30s |").And.Contain("local, staging; 5, and 50% of all; 10m |"));
        Assert.That(text, Does.Contain("| the standby is cut off after signal Promoted | standby | 0 of 1 | no signal Promoted came |"));
        Assert.That(Section(run with { Go = run.Go! with { Plan = null } }, 3), Does.Contain("| Approved | by Ada, who did not say which plan they saw; the run waited with this one |"));
        Assert.That(Section(run with { Go = run.Go! with { Plan = null, Given = run.Go.Asked } }, 3), Does.Contain("| Approved | Ada gave the go in advance, before there was a plan to show |"));
        Assert.That(Section(run with { Go = null }, 3), Does.Contain("| Approved | by nobody: no go was asked for, or none was given |"));
        Assert.That(Section(DrilledRecords.Attended(), 3), Does.Contain("| Approved | not recorded |").And.Contain("| SHA-256 of the plan | not recorded |"));
    }

    [Test]
    public void A_plan_that_is_not_the_approved_one_is_a_deviation()
    {
        var run = DrilledRecords.Planned();
        Assert.That(Section(run, 8), Does.Contain("- Planned and not done: 'the standby is cut off after signal Promoted' never struck: no signal Promoted came").And.Not.Contain("hash"));

        Assert.That(Section(run with { Plan = run.Plan! with { Schedule = "everything" } }, 8), Does.Contain($"- What is kept of the plan is not what its hash {run.Plan!.Hash} is of."));
        var other = run with { Go = run.Go! with { Plan = "0123" } };
        Assert.That(Section(other, 8), Does.Contain("- The go was given for another plan than the one that is kept: 0123."));
        Assert.That(Section(other, 3), Does.Contain("| Approved | Ada was shown another plan: 0123 |"));
    }

    [Test]
    public void People_and_approvals_have_their_times()
    {
        var text = Section(DrilledRecords.Attended(), 4);

        Assert.That(text, Does.Contain("| Go asked for at | 2026-11-25 12:00:02.000 UTC |").And.Contain("| Go given at | 2026-11-25 12:00:12.000 UTC |").And.Contain("| Participants of the script | incident commander: Ada; scribe: open |"));
        Assert.That(text, Does.Contain("| Time to decide | 11s..12s").And.Contain("| 2026-11-25 12:00:22.000 | +7s | Eve | the dashboard is empty |").And.Contain("Halts: none recorded."));
        Assert.That(Section(DrilledRecords.Attended() with { Go = new GoRecord("Ada", null, null, default, default) }, 4), Does.Contain("| Go given at | before the run began, when is not recorded |"));
    }

    [Test]
    public void Steps_have_utc_times_and_those_that_were_never_reached_none()
    {
        Assert.That(Section(DrilledRecords.Attended(), 5), Does.Contain("| Verify | 2026-11-25 12:01:00.000 | 2026-11-25 12:01:05.000 | failed | 2 writes are missing |"));
        Assert.That(Section(DrilledRecords.Refused(), 5), Does.Contain("| Inject | not recorded | not recorded | never reached |  |"));
    }

    [Test]
    public void Actuals_say_how_they_are_measured_and_how_surely()
    {
        var text = Section(DrilledRecords.Attended(), 6);

        Assert.That(text, Does.Contain("Objectives are judged on the bound that is the worse for the system").And.Contain("| recovery time of orders | 20.1s..21s | 30s: met | requests sent on a fixed schedule"));
        Assert.That(text, Does.Contain("| time to act | 4s | nothing, only measured | from that to when a person said that it is done |"));
        var own = DrilledRecords.Attended() with { Figures = [new RecordedFigure(new Figure("carts", "", Unit.Count, 1, null))] };
        Assert.That(Section(own, 6), Does.Contain("| carts | more than 1 | nothing, only measured | not recorded: a checker of the team's own |"));
    }

    [Test]
    public void Every_figure_of_the_harness_has_a_method()
    {
        var names = typeof(FigureNames).GetFields().Select(field => (string)field.GetRawConstantValue()!).Append(FigureNames.Latency(99)).Append(FigureNames.LatencyBefore(50));

        Assert.That(names.Where(name => FigureMethods.Of(name) is null), Is.Empty);
    }

    [Test]
    public void Data_are_reconciled_with_the_ids_of_what_is_lost()
    {
        var text = Section(DrilledRecords.Attended(), 7);

        Assert.That(text, Does.Contain("| orders | 400 | 2 | not recorded | 0 | 1 | 3 |").And.Contain("Lost writes, 2 in all in lost-writes.csv").And.Contain("| 4711 | 2026-11-25 12:00:14.500 | orders-db |").And.Contain("| late | 2026-11-25 12:00:14.600 | not recorded |"));
        Assert.That(Section(DrilledRecords.Attended() with { LostWrites = [] }, 7), Does.Contain("The ids of lost writes: not recorded."));
        Assert.That(Section(DrilledRecords.Refused(), 7), Does.Contain("Writes: not recorded. The run looked no writes up"));
        Assert.That(LostWritesCsv.Write(DrilledRecords.With(DrilledRecords.Attended() with { LostWrites = [new("=cmd|' /C calc'!A0", default, "a\"b")] })), Is.EqualTo("id,acknowledged_utc,acknowledged_by\n\"'=cmd|' /C calc'!A0\",2026-11-25 12:00:00.000,\"a\"\"b\"\n"), "no spreadsheet takes it for a formula");
    }

    [Test]
    public void Deviations_name_what_was_missed_left_late_and_halted()
    {
        Assert.That(Section(DrilledRecords.Attended(), 8), Does.Contain("- Late pacing: 3 of 90 requests of orders were sent more than one interval late, at worst 120ms.").And.Contain("- Missed: lost at most 0 writes, by 2 writes: 2 of 400 writes, 340ms").And.Contain("- The step Verify ended failed: 2 writes are missing"));
        Assert.That(Section(DrilledRecords.Halted(), 8), Does.Contain("- The run ended Halted: halted by Eve: tickets come in").And.Contain("- Halted at 2026-11-25 12:00:40.000 UTC: halted by Eve").And.Contain("- The fault 'orders-db is killed' is not reverted."));
        Assert.That(Section(DrilledRecords.Killed(), 8), Does.Contain("- Interrupted: the process ended before the run did: the process ended during Observe").And.Contain("Deviations after the last step that is told above: not recorded."));
        var fault = DrilledRecords.Attended().Faults[0];
        Assert.That(Section(DrilledRecords.Attended() with { Speed = 10, Attempt = 2, Faults = [fault with { End = FaultEnd.Gone, Planned = new(TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(60)) }] }, 8), Does.Contain("waits passed 10 times as fast").And.Contain("attempt 2 of its test").And.Contain("is gone, and the harness did not take it away.").And.Contain("began 1s later than planned."));
        Assert.That(Section(Calm(), 8), Does.Contain("None that the record tells."));
    }

    [Test]
    public void Findings_stand_with_their_state_and_those_that_the_run_judged()
    {
        var text = Section(DrilledRecords.Attended(), 9);

        Assert.That(text, Does.Contain("| F1: The standby takes over with a cold cache | high | Ada | 2026-11-23 | open, 2 days late").And.Contain("| F2: Mended since |").And.Contain("closed by Eve: cheap"));
        Assert.That(text, Does.Contain("Findings of earlier runs that this run closed or opened again:").And.Contain("| F3: Of another run |").And.Contain("| recovery of orders | 20.1s..21s |"));
    }

    [Test]
    public void Versions_that_nobody_recorded_are_said()
    {
        var text = Section(DrilledRecords.Attended(), 10);

        Assert.That(text, Does.Contain("| Version of the system | not recorded |").And.Contain("| Version of the harness that ran it | not recorded |").And.Contain("| Commit of the plan | 0123456789abcdef0123456789abcdef01234567 |").And.Contain("| This pack | written by chaos 9.9 at 2026-11-25 12:00:00 UTC"));
        Assert.That(Section(DrilledRecords.Killed(), 10), Does.Contain("| Commit of the plan | not recorded |").And.Contain("| Machine | not recorded |"));
    }

    [Test]
    public void Versions_that_were_recorded_are_told()
    {
        Assert.That(Section(DrilledRecords.Planned(), 10), Does.Contain("| Version of the system | v42 |").And.Contain("| Versions of its components | orders-db 17.2 |").And.Contain("| Version of the harness that ran it | 1.2.0+abc |").And.Contain("| Test framework | NUnit 5.0 |").And.Contain("| Test assembly | Experiments 3.1+def |").And.Contain("| Runtime | .NET 10.0.1 |").And.Contain("| Operating system | Debian, X64 |"));
    }

    [Test]
    public void The_place_in_the_ledger_says_whether_the_journal_is_what_was_recorded()
    {
        Assert.That(Section(DrilledRecords.Attended(), 11), Does.Contain("| Ledger | ledger.db |").And.Contain("| Record of the run | number 812 of 1,204 |").And.Contain("| Hash of the record | aaaaaaaa").And.Contain("hashed again in this place, it gives the same hash").And.Contain("| Head of the chain | bbbbbbbb").And.Not.Contain("somebody"));
        Assert.That(Ledger(Place with { Run = Place.Run! with { Differing = ["outcome"] } }), Does.Contain("| does not say what was recorded: outcome |"));
        Assert.That(Ledger(Place with { Run = Place.Run! with { FoundAt = Make.Now } }), Does.Contain("it was hashed as it was found 2026-11-25 12:00:00 UTC"));
        Assert.That(Ledger(Place with { Run = null }), Does.Contain("| Record of the run | none: the ledger does not have the run |").And.Contain("| Hash of the record | not recorded |"));
        Assert.That(Ledger(Place with { Chain = Place.Chain with { Breaks = [new ChainBreak(ChainBreakKind.Changed, 3, "run-3", "outcome")] } }), Does.Contain("is not as it was written").And.Contain("- Changed: record 3, run-3: outcome"));
        var without = new AuditedRun(new DrilledRun(DrilledRecords.Attended(), null, "as there is no ledger at x", Make.Now), null, "chaos 9.9");
        Assert.That(Text(AuditPaper.Of(without)), Does.Contain("Place in a ledger: not recorded, as there is no ledger at x.").And.Contain("Findings: not recorded, as there is no ledger at x."));
    }

    [Test]
    public void A_pack_of_a_killed_run_says_of_nothing_that_it_did_not_happen()
    {
        var killed = DrilledRecords.Killed() with { Plan = DrilledRecords.Planned().Plan };
        var text = string.Concat(Enumerable.Range(2, 7).Select(number => Section(killed, number)));

        Assert.That(text, Does.Contain("| Approved | not recorded, as the process ended before the run did |").And.Contain("Faults that were injected: not recorded, as the process ended"));
        Assert.That(text, Does.Not.Contain("by nobody").And.Not.Contain("Nobody").And.Not.Contain("never reached").And.Not.Contain("nothing was injected").And.Not.Contain("No fault was injected"));
    }

    [Test]
    public void A_run_that_passed_says_so_and_any_run_has_every_section()
    {
        Assert.That(Section(Calm(), 2), Does.Contain("| Outcome | Passed |"));
        foreach (var record in new[] { Calm(), DrilledRecords.Attended(), DrilledRecords.Halted(), DrilledRecords.Killed(), DrilledRecords.Refused(), DrilledRecords.Harmful() })
        {
            Assert.That(Paper(record).Sections, Has.Count.EqualTo(12).And.All.Matches<PaperSection>(section => section!.Blocks.Count > 0));
        }
    }

    private static RunRecord Calm()
    {
        var run = DrilledRecords.Attended();
        return run with { Outcome = Outcome.Passed, Reason = null, Verdicts = [run.Verdicts[0]], LostWrites = [], Observations = [], Phases = [.. run.Phases.Select(phase => phase with { Status = PhaseStatus.Passed })] };
    }

    private static Paper Paper(RunRecord record) => AuditPaper.Of(new AuditedRun(DrilledRecords.With(record), Place, "chaos 9.9"));

    private static string Section(RunRecord record, int number) => Text(Paper(record), number);

    private static string Ledger(LedgerPlace place) => Text(AuditPaper.Of(new AuditedRun(DrilledRecords.With(DrilledRecords.Attended()), place, "chaos 9.9")), 11);

    private static string Text(Paper paper, int? number = null) => PaperMarkdown.Write(number is { } one ? paper with { Sections = [paper.Sections[one - 1]] } : paper).Replace("\\", "", StringComparison.Ordinal);
}
