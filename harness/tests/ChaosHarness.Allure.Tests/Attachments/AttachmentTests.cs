using System.Text;
using ChaosHarness.Allure.Attachments;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Logs;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Tests.Attachments;

public sealed class AttachmentTests
{
    [Test]
    public void Lost_writes_are_a_table()
    {
        LostWrite[] lost = [new(7, TimeSpan.FromSeconds(1.25), "db-a"), new(8, TimeSpan.FromSeconds(2), null), new(9, TimeSpan.FromSeconds(3), "a,\"b\"")];

        Assert.That(Encoding.UTF8.GetString(LostWritesTable.Write(lost)), Is.EqualTo("id,acknowledged_s,acknowledged_by\n7,1.25,db-a\n8,2,\n9,3,\"a,\"\"b\"\"\"\n"));
    }

    [Test]
    public void Figures_are_a_table_that_leaves_empty_what_is_unknown()
    {
        RecordedFigure[] figures =
        [
            new(new Figure(FigureNames.RecoveryTime, "orders, all", Unit.Seconds, 1.5, null), 10, false),
            new(Figure.Exact(FigureNames.LostWrites, "", Unit.Count, 0)),
        ];

        Assert.That(Encoding.UTF8.GetString(FiguresTable.Write(figures)), Is.EqualTo("figure,subject,unit,lower,upper,objective,met\nrecovery time,\"orders, all\",s,1.5,,10,False\nlost writes,,count,0,0,,\n"));
    }

    [Test]
    public void A_restore_is_a_page_of_its_phases_its_checks_and_what_nobody_looked_for()
    {
        var when = new TimeWindow(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));
        var page = Encoding.UTF8.GetString(RestorePage.Write(new RestoreRecord("restore <b>", when, "restored in 5s")
        {
            Phases = [new RestorePhase("fetch", new TimeWindow(TimeSpan.FromSeconds(11), TimeSpan.FromSeconds(13)))],
            Checks = [new RestoreCheck("orders", false, "7, and not 8", when)],
            WouldMiss = ["rows that are missing"],
        }));

        Assert.That(page, Does.Contain("restore &lt;b&gt;").And.Contain("<td>fetch</td><td>1s</td><td>2s</td>").And.Contain("<td>orders</td><td>no</td><td>7, and not 8</td><td>5s</td>").And.Contain("<td>rows that are missing</td>"));
        Assert.That(Encoding.UTF8.GetString(RestorePage.Write(new RestoreRecord("x", when, "not restored"))), Does.Not.Contain("<table>"), "no table of nothing");
    }

    [Test]
    public void Logs_have_a_part_a_component_and_no_escape_sequences() => Assert.That(
        Encoding.UTF8.GetString(LogText.Write([new LogExcerpt("db-a", "injection", [new LogLine(TimeSpan.FromSeconds(2.5), "\u001b[31mFATAL\u001b[0m: gone")])])),
        Is.EqualTo("== db-a\n    2.500s  \u00b7[31mFATAL\u00b7[0m: gone\n\n"));
}
