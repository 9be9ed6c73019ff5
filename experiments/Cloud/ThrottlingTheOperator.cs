using ChaosHarness.Checkers.Answers;
using ChaosHarness.Fixtures.Aws;

namespace Experiments.Cloud;

public sealed class ThrottlingTheOperator : CloudExperiments
{
    [Experiment(Rto = "3m", Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("failover")]
    public async Task Operator_who_retries_gets_through_while_the_database_fails_over(CancellationToken halt)
    {
        using var someone = await AccountOperator.AssumeAsync(Account, OperatorArn, halt);
        var result = await Hypothesis("an operator whose calls to AWS are throttled in the middle of a failover gets through, because the client tries again")
            .Probe(someone.Patient())
            .Probe(someone.Impatient())
            .Inject(Fis("throttled-operator", Shop.DatabaseId))
            .ObserveAtLeast(Here("2m"))
            .Expect(Lost.Nothing)
            .RunAsync(halt);

        Assert.That(result.Find(new Availability("operator without retries")).Share.IsAtLeast(Percentage.Parse("90%")), Is.False, "calls were throttled");
        // What was still being tried again when observing ended counts by how it ended.
        var history = result.History;
        var calls = history.Of("operator").Where(call => call.Due >= history.FirstStrike!.Value.Start && call.Due <= history.Cut).ToList();
        Assert.That((double)calls.Count(call => call.IsGood) / calls.Count, Is.GreaterThan(0.95), "and got through all the same");
    }
}
