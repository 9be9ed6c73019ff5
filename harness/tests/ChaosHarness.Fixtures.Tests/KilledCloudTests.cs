using Amazon.FIS;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>What a local cloud, and a run against a cloud, leave behind when their process is killed.</summary>
[Platform("Linux"), NonParallelizable]
public sealed class KilledCloudTests
{
    [Test]
    public async Task A_cloud_that_is_killed_leaves_no_process_and_no_file()
    {
        using var host = new KilledHost("cloud");
        var folder = (await host.ReadLineAsync())!;
        Assert.That(WorkingIn(folder), Is.GreaterThan(10), "two servers of a database and an instance");
        host.Kill();
        await host.EndedAsync();

        Assert.That(() => WorkingIn(folder), Is.Zero.After(20_000, 50));
        Assert.That(() => Directory.Exists(folder), Is.False.After(20_000, 50));
    }

    [Test]
    public Task An_experiment_whose_harness_was_killed_is_stopped_at_the_next_start() => KilledAsync("fis", async (account, journals, secret) =>
    {
        Assert.That(await StatusAsync(account), Is.EqualTo("running"), "nobody was left to stop it");
        var recipes = string.Concat(Directory.EnumerateFiles(journals).Select(File.ReadAllText));
        Assert.That(recipes, Does.Contain("aws.fis.stop").And.Not.Contain(secret));

        var found = await LeftoverFaults.RevertAsync(journals, [new StopFisExperiment()], TimeProvider.System, CancellationToken.None);

        Assert.That(found.Select(fault => (fault.Fault, fault.Problem)), Is.EqualTo(new[] { ("last long", (string?)null) }));
        Assert.That(await StatusAsync(account), Is.EqualTo("stopped"));
    });

    // What stops it is code of another assembly, and its credentials are those of the environment.
    [Test]
    public Task Its_watchdog_stops_it_though_nobody_starts_again() => KilledAsync("fis-watched", (account, journals, _) =>
    {
        Assert.That(() => Directory.EnumerateFiles(journals, "*.faults.jsonl"), Is.Empty.After(15_000, 20));
        Assert.That(async () => await StatusAsync(account), Is.EqualTo("stopped"));
        return Task.CompletedTask;
    });

    private static async Task KilledAsync(string how, Func<AwsAccount, string, string, Task> judge)
    {
        await using var cloud = await LocalCloud.LocalCloud.StartAsync();
        using var account = new AwsAccount(Amazon.RegionEndpoint.USEast1, cloud.Credentials, cloud.Url);
        var journals = Directory.CreateTempSubdirectory("killed-fis-").FullName;
        Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", cloud.Options.Credentials[0].AccessKeyId);
        Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", cloud.Options.Credentials[0].SecretKey);
        try
        {
            using var host = new KilledHost(how, journals, cloud.Url.AbsoluteUri);
            Assert.That(async () => await StatusAsync(account), Is.EqualTo("running").After(30_000, 100));
            host.Kill();
            await host.EndedAsync();
            await judge(account, journals, cloud.Options.Credentials[0].SecretKey);
            Assert.That((await account.Fis.ListExperimentTemplatesAsync(new ListExperimentTemplatesRequest())).ExperimentTemplates ?? [], Is.Empty);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ACCESS_KEY_ID", null);
            Environment.SetEnvironmentVariable("AWS_SECRET_ACCESS_KEY", null);
            Directory.Delete(journals, recursive: true);
        }
    }

    // Of the latest experiment that does something: rehearsals have ended.
    private static async Task<string?> StatusAsync(AwsAccount account) =>
        (await account.Fis.ListExperimentsAsync(new ListExperimentsRequest())).Experiments?.Find(experiment => experiment.ExperimentOptions.ActionsMode == ActionsMode.RunAll)?.State.Status.Value;

    private static int WorkingIn(string folder) => Directory.EnumerateDirectories("/proc").Count(process =>
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) is true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
