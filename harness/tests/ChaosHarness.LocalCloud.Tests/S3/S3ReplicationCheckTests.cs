using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.S3.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Replication;

namespace ChaosHarness.LocalCloud.Tests.S3;

/// <summary>Buckets whose replicas lack something of which each test knows what.</summary>
public sealed class S3ReplicationCheckTests : CloudTests
{
    private AwsAccount West => Account.InRegion(RegionEndpoint.USWest2);

    protected override LocalCloudOptions Options => base.Options with { OtherRegions = ["us-west-2"], Speed = 600 };

    [Test]
    public async Task All_of_a_bucket_is_there_page_by_page_and_version_by_version()
    {
        var pair = await PairAsync("all");
        for (var number = 0; number < 2100; number++)
        {
            await pair.PutAsync($"{number % 1500:0000}");
        }

        await UntilAsync(pair.IsSettledAsync, "everything is replicated");

        var report = await pair.Check.CheckAsync();

        Assert.That(report.IsComplete, report.ToString());
        Assert.That(report.Same, Is.EqualTo(2100));
    }

    [Test]
    public async Task What_was_replicated_and_then_lost_is_named_by_its_version()
    {
        var pair = await PairAsync("lost");
        for (var number = 0; number < 20; number++)
        {
            await pair.PutAsync($"{number:00}");
        }

        await UntilAsync(pair.IsSettledAsync, "everything is replicated");
        var gone = (await West.S3.ListVersionsAsync(pair.To)).Versions[7];
        await West.S3.DeleteObjectAsync(pair.To, gone.Key, gone.VersionId);
        await West.S3.PutObjectAsync(new PutObjectRequest { BucketName = pair.To, Key = "theirs", ContentBody = "x" });

        var report = await new S3ReplicationCheck(Account.S3, pair.From, West.S3, pair.To) { Time = new Tomorrow() }.CheckAsync();

        Assert.That(report.IsComplete, Is.False);
        Assert.That(report.FirstMissing, Is.EqualTo(new[] { new UnreplicatedVersion(gone.Key, gone.VersionId, "was replicated, and is not there any more") }));
        Assert.That((report.Same, report.OnlyInReplica), Is.EqualTo((19, 1)));
    }

    [Test]
    public async Task What_no_rule_was_for_is_not_missing_and_neither_are_marks_that_no_rule_replicates()
    {
        var pair = await PairAsync("rules", prefix: "kept/");
        await pair.PutAsync("kept/a");
        await pair.PutAsync("other/b", settles: false);
        await UntilAsync(pair.IsSettledAsync, "everything is replicated");
        await Account.S3.DeleteObjectAsync(pair.From, "kept/a");

        var report = await pair.Check.CheckAsync();

        Assert.That(report.IsComplete, report.ToString());
        Assert.That((report.Same, report.OutOfRules), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Marks_that_a_rule_replicates_have_to_be_there()
    {
        var pair = await PairAsync("marks", marks: true);
        await pair.PutAsync("a");
        await UntilAsync(pair.IsSettledAsync, "everything is replicated");
        await Account.S3.DeleteObjectAsync(pair.From, "a");
        await UntilAsync(async () => (await West.S3.ListVersionsAsync(pair.To)).Versions.Count == 2, "the mark is replicated");
        Assert.That((await pair.Check.CheckAsync()).IsComplete);

        var mark = (await West.S3.ListVersionsAsync(pair.To)).Versions.Single(version => version.IsDeleteMarker is true);
        await West.S3.DeleteObjectAsync(pair.To, "a", mark.VersionId);
        var report = await new S3ReplicationCheck(Account.S3, pair.From, West.S3, pair.To) { Time = new Tomorrow() }.CheckAsync();

        Assert.That(report.FirstMissing.Single().Why, Is.EqualTo("mark of a deletion"), "in the replica the object lives on");
    }

    [Test]
    public async Task What_may_not_be_read_is_denied_and_not_missing()
    {
        var pair = await PairAsync("denied");
        await pair.PutAsync("a");
        await UntilAsync(pair.IsSettledAsync, "everything is replicated");
        using var nobody = new AwsAccount(RegionEndpoint.USWest2, new BasicAWSCredentials("AKIANOBODY", "nothing"), Cloud.Url);

        var check = new S3ReplicationCheck(Account.S3, pair.From, nobody.S3, pair.To) { Time = new Tomorrow() };
        var report = await check.CheckAsync();
        var sample = await check.SampleAsync(10);

        Assert.That(report.Problem, Does.StartWith("denied: "));
        Assert.That((report.IsComplete, report.Missing), Is.EqualTo((false, 0)));
        Assert.That((sample.Denied, sample.Missing, sample.Share), Is.EqualTo((1, 0, ((double, double)?)null)));
    }

    [Test]
    public async Task A_bucket_that_is_not_there_is_told_from_one_without_rules()
    {
        var pair = await PairAsync("none");

        Assert.That((await new S3ReplicationCheck(Account.S3, "nowhere-at-all", West.S3, pair.To).CheckAsync()).Problem, Does.StartWith("there is no such bucket"));
        Assert.That((await new S3ReplicationCheck(West.S3, pair.To, Account.S3, pair.From).CheckAsync()).Problem, Is.EqualTo($"{pair.To} has no rule that replicates anything to {pair.From}"));
    }

    [Test]
    public async Task A_look_goes_on_where_another_ended_also_from_a_file()
    {
        var pair = await PairAsync("parts");
        for (var number = 0; number < 30; number++)
        {
            await pair.PutAsync($"{number:00}");
        }

        await UntilAsync(pair.IsSettledAsync, "everything is replicated");

        var report = await pair.Check.CheckAsync(mostKeys: 12);
        Assert.That((report.Same, report.IsWhole, report.Through), Is.EqualTo((12, false, "11")));
        report = await pair.Check.CheckAsync(JsonSerializer.Deserialize<S3ReplicationReport>(JsonSerializer.Serialize(report)));

        Assert.That((report.Same, report.IsComplete), Is.EqualTo((30, true)), report.ToString());
    }

    [Test]
    public async Task A_sample_says_how_many_of_all_may_be_missing()
    {
        var pair = await PairAsync("sample");
        for (var number = 0; number < 40; number++)
        {
            await pair.PutAsync($"{number:00}");
        }

        await UntilAsync(pair.IsSettledAsync, "everything is replicated");
        foreach (var version in (await West.S3.ListVersionsAsync(pair.To)).Versions.Take(10))
        {
            await West.S3.DeleteObjectAsync(pair.To, version.Key, version.VersionId);
        }

        var check = new S3ReplicationCheck(Account.S3, pair.From, West.S3, pair.To) { Time = new Tomorrow() };
        var all = await check.SampleAsync(1000);
        var some = await check.SampleAsync(20, seed: 7);

        Assert.That((all.All, all.Drawn, all.Missing), Is.EqualTo((40, 40, 10)));
        Assert.That(some.Drawn, Is.EqualTo(20));
        Assert.That(some.Share!.Value.Lower, Is.LessThan(0.25));
        Assert.That(some.Share!.Value.Upper, Is.GreaterThan(0.25).And.LessThan(0.6));
    }

    private Task<ReplicatedPair> PairAsync(string name, string prefix = "", bool marks = false) => ReplicatedPair.MakeAsync(Account.S3, West.S3, name, prefix, marks);
}
