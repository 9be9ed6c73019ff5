using Amazon;
using ChaosHarness.Aws.Replication;

namespace ChaosHarness.LocalCloud.Tests.S3;

/// <summary>A replica that takes an hour.</summary>
public sealed class S3ReplicationLateTests : CloudTests
{
    protected override LocalCloudOptions Options => base.Options with { OtherRegions = ["us-west-2"], Speed = 1, ReplicationLag = TimeSpan.FromHours(1) };

    [Test]
    public async Task What_waits_is_under_way_until_it_is_too_old()
    {
        var west = Account.InRegion(RegionEndpoint.USWest2);
        var pair = await ReplicatedPair.MakeAsync(Account.S3, west.S3, "late");
        await pair.PutAsync("held");

        var young = await pair.Check.CheckAsync();
        var old = await new S3ReplicationCheck(Account.S3, pair.From, west.S3, pair.To) { Time = new Tomorrow() }.CheckAsync();

        Assert.That((young.UnderWay, young.Missing, young.IsComplete), Is.EqualTo((1, 0, true)), young.ToString());
        Assert.That((old.UnderWay, old.FirstMissing.Single().Why, old.IsComplete), Is.EqualTo((0, "pending", false)), old.ToString());
    }
}
