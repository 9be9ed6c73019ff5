using System.Text;
using ChaosHarness.Journals;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Tests.Runs;

public sealed class RunReaderTests
{
    [TestCase(1, "processes")]
    [TestCase(20, "processes, 20 times as fast")]
    [TestCase(0.5, "processes, 0.5 times as fast")]
    public void A_run_on_a_system_of_another_speed_is_of_another_series(double speed, string topology) =>
        Assert.That(RunReader.Read(Results.Whole() with { Speed = speed }).Run.Topology, Is.EqualTo(topology));

    [Test]
    public void A_journal_that_knows_of_no_speed_is_of_one_that_is_as_fast()
    {
        var written = Encoding.UTF8.GetString(Journal.Write(Results.Whole() with { Speed = 20 }));
        Assert.That(written, Does.Contain("\"speed\":20").Or.Contain("\"speed\": 20"));

        var earlier = System.Text.RegularExpressions.Regex.Replace(written, "\"speed\": ?20,", "");

        Assert.That(Journal.Read(Encoding.UTF8.GetBytes(earlier)).Speed, Is.EqualTo(1));
    }
}
