using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Scorecards;

public sealed class ComparedExperimentTests
{
    [Test]
    public void Experiments_of_one_name_are_side_by_side_whatever_test_they_stand_in()
    {
        var compared = ComparedExperiment.Of(
        [
            Card(On("processes", "shop", "a", "one")),
            Card(On("containers", "shop", "b", "one")),
            Card(On("processes", "patroni", "c", "one")),
            Card(On("processes", "shop", "d", "another")),
        ]);

        Assert.That(compared.Single().Name, Is.EqualTo("one"));
        Assert.That(compared.Single().Systems.Select(system => (system.Series.Topology, system.Series.System)), Is.EqualTo(new[] { ("containers", "shop"), ("processes", "patroni"), ("processes", "shop") }));
    }

    // The names of parameters are those of a method, and say nothing of the system.
    [Test]
    public void Values_of_parameters_tell_experiments_apart_and_their_names_do_not()
    {
        var compared = ComparedExperiment.Of(
        [
            Card(On("processes", "shop", "a", "slow", ("delay", "1s"))),
            Card(On("processes", "shop", "a", "slow", ("delay", "5s"))),
            Card(On("containers", "shop", "b", "slow", ("by", "5s"))),
            Card(On("processes", "shop", "c", "lose db", ("what", "lose db"))),
            Card(On("file", "shop", "d", "lose db")),
        ]);

        Assert.That(compared.Select(one => (one.Name, one.Systems.Count)), Is.EqualTo(new[] { ("lose db", 2), ("slow (5s)", 2) }));
    }

    [Test]
    public void A_place_counts_once_with_its_latest_history_and_shows_what_came_to_a_conclusion()
    {
        var compared = ComparedExperiment.Of(
        [
            Card(On("processes", "shop", "a", "one") with { StartedAt = Make.Now.AddDays(-9) }),
            Card(On("processes", "shop", "b", "one") with { Outcome = Outcome.Broken, StartedAt = Make.Now }, On("processes", "shop", "b", "one") with { Outcome = Outcome.Failed, StartedAt = Make.Now.AddDays(-1) }),
            Card(On("containers", "shop", "c", "one") with { Outcome = Outcome.Inconclusive }),
        ]).Single();

        Assert.That(compared.Systems.Select(system => (system.Series.ExperimentId, system.Run.Outcome, system.Conclusive)), Is.EqualTo(new[] { ("c", Outcome.Inconclusive, 0), ("b", Outcome.Failed, 1) }));
    }

    [Test]
    public void What_never_came_to_its_system_is_in_no_place() =>
        Assert.That(ComparedExperiment.Of([Card(On("processes", "shop", "a", "one")), Card(On("unknown", "unknown", "b", "one") with { Environment = "unknown" })]), Is.Empty);

    private static LedgerRun On(string topology, string system, string id, string name, params IEnumerable<(string Name, string Value)> parameters) => Make.Run(id) with
    {
        Name = name,
        System = system,
        Topology = topology,
        Parameters = RunSeries.Write(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))),
    };

    private static ExperimentCard Card(params LedgerRun[] newestFirst) => ExperimentReview.Review(newestFirst, new ScorecardOptions(), Make.Now);
}
