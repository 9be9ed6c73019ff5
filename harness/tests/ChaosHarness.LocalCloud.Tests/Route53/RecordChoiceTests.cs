using Amazon.Route53.Model;
using ChaosHarness.LocalCloud.Route53;

namespace ChaosHarness.LocalCloud.Tests.Route53;

/// <summary>Which record is answered with.</summary>
public sealed class RecordChoiceTests
{
    [Test]
    public void What_weighs_nothing_is_answered_with_only_where_nothing_that_weighs_is_healthy()
    {
        ResourceRecordSet[] records = [Weighted("east", 1, "check"), Weighted("west", 0, null)];

        Assert.That(Chosen(records, healthy: true), Is.EqualTo(new[] { "east" }));
        Assert.That(Chosen(records, healthy: false), Is.EqualTo(new[] { "west" }));
    }

    [Test]
    public void Weights_are_shares() => Assert.That(Chosen([Weighted("east", 1, null), Weighted("west", 1, null)], healthy: true), Is.EqualTo(new[] { "east", "west" }));

    [Test]
    public void Where_all_are_ill_none_is_taken_out() => Assert.That(Chosen([Weighted("east", 1, "check"), Weighted("west", 0, "check")], healthy: false), Is.EqualTo(new[] { "east" }));

    [Test]
    public void A_secondary_is_answered_with_while_the_primary_is_ill_and_it_is_not()
    {
        ResourceRecordSet[] records = [Failover("west", "SECONDARY", null), Failover("east", "PRIMARY", "check")];

        Assert.That(Chosen(records, healthy: true), Is.EqualTo(new[] { "east" }));
        Assert.That(Chosen(records, healthy: false), Is.EqualTo(new[] { "west" }));
        Assert.That(Chosen([Failover("west", "SECONDARY", "check"), Failover("east", "PRIMARY", "check")], healthy: false), Is.EqualTo(new[] { "east" }), "both are ill");
    }

    private static IEnumerable<string> Chosen(IReadOnlyList<ResourceRecordSet> records, bool healthy) =>
        Enumerable.Range(0, 200).Select(_ => RecordChoice.Of(records, _ => healthy).SetIdentifier).Distinct().Order(StringComparer.Ordinal);

    private static ResourceRecordSet Weighted(string set, long weight, string? check) => new() { SetIdentifier = set, Weight = weight, HealthCheckId = check };

    private static ResourceRecordSet Failover(string set, string failover, string? check) => new() { SetIdentifier = set, Failover = failover, HealthCheckId = check };
}
