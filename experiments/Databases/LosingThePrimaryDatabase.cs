namespace Experiments.Databases;

[AllureFeature("Database"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingThePrimaryDatabase : OrderSystemExperiments
{
    [Experiment(Id = "losing-the-primary-database", Rto = "10s", Rpo = "0 writes", Ttd = "3s"), Category("nightly"), Category("failover")]
    public Task Standby_takes_over_and_keeps_every_acknowledged_order() =>
        Hypothesis("orders are accepted again soon after the primary database dies, and none is lost")
            .Script(new DrillScript
            {
                Scenario = "At the busiest hour the machine of the primary database is gone. Nobody has touched anything.",
                Expected = "The synchronous standby takes over by itself within seconds. Customers see errors until then; no order that they were told of is lost.",
                AbortWhen = "Orders are still refused after 30 seconds, or anybody sees an order twice.",
                Participants = [new Participant("incident commander"), new Participant("database operator"), new Participant("observer of the customers")],
                Steps = ["Look at the pages that you would look at in an incident.", "Note when you would have noticed, and what told you.", "Touch nothing: it is to heal by itself."],
            })
            .Inject(Database.Primary.Crash())
            .Expect(Lost.Nothing, Promoted.Once, Healed.ByItself, Detected.By("failover", "3s"))
            .RunAsync();

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("failover")]
    public Task Frozen_primary_is_fenced_and_acknowledges_nothing_after_it_thaws() =>
        Hypothesis("a primary that freezes is replaced, and when it thaws it takes no order any more")
            .Inject(Database.Primary.Freeze())
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing)
            .RunAsync();

    [Experiment(Rto = "15s", Rpo = "0 writes"), Category("nightly"), Category("failover")]
    public Task New_primary_that_dies_too_is_not_replaced_by_one_that_may_lack_orders() =>
        Hypothesis("when the new primary dies before a standby is in step with it, nothing else takes over; once it is back it takes orders again, and none is lost")
            .Inject(
                Database.Primary.Crash(),
                Schedule.After(Promoted.Signal, [Database.Standby, Database.Replica], node => node.Crash()).For("4s"))
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Promoted.Once)
            .RunAsync();
}
