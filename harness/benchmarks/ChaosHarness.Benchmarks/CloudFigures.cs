using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.FIS;
using Amazon.RDS.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.LocalCloud;
using Npgsql;

namespace ChaosHarness.Benchmarks;

/// <summary>How quick the local cloud is: up, a database available, failed over, calls answered, actions begun.</summary>
internal static class CloudFigures
{
    private const int Rounds = 5;
    private const int Instances = 10;
    private const string Password = "s3cret-enough";

    public static async Task RunAsync()
    {
        var (starts, availables, failovers, lost, late) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>(), 0L, new List<TimeSpan>());
        for (var round = 0; round < Rounds; round++)
        {
            var since = Stopwatch.GetTimestamp();
            await using var cloud = await LocalCloud.LocalCloud.StartAsync(new LocalCloudOptions { Speed = 600 });
            starts.Add(Stopwatch.GetElapsedTime(since));
            using var account = new AwsAccount(Amazon.RegionEndpoint.USEast1, cloud.Credentials, cloud.Url);
            var (available, endpoint) = await DatabaseAsync(account);
            availables.Add(available);
            var (recovery, missing) = await FailOverAsync(account, endpoint);
            failovers.Add(recovery);
            lost += missing;
            late.AddRange(await ActionDelaysAsync(account));
        }

        await CallsAsync();

        Figures.Print("local cloud up, median and worst", Range(starts), "at most 1.5 s");
        Figures.Print("Multi-AZ database available, the same", Range(availables), "at most 5 s");
        Figures.Print("forced failover RTA, the same", Range(failovers), "at most 5 s");
        Figures.Print("acknowledged writes lost in all of them", lost.ToString(CultureInfo.InvariantCulture), "0");
        late.Sort();
        Figures.Print("FIS action after due, median and worst", $"{Figures.Milliseconds(Figures.At(late, 0.5))}, {Figures.Milliseconds(late[^1])}", "at most 50 ms");
    }

    private static async Task<(TimeSpan Available, Endpoint Endpoint)> DatabaseAsync(AwsAccount account)
    {
        var since = Stopwatch.GetTimestamp();
        await account.Rds.CreateDBInstanceAsync(new CreateDBInstanceRequest { DBInstanceIdentifier = "bench", DBInstanceClass = "db.t3.micro", Engine = "postgres", DBName = "shop", MasterUsername = "keeper", MasterUserPassword = Password, MultiAZ = true });
        while (true)
        {
            var instance = (await account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest())).DBInstances[0];
            if (instance.DBInstanceStatus == "available")
            {
                return (Stopwatch.GetElapsedTime(since), instance.Endpoint);
            }

            await Task.Delay(50);
        }
    }

    // Writes one row after the other through the endpoint; the longest gap between two acknowledgements is the outage as a client sees it.
    private static async Task<(TimeSpan Recovery, long Lost)> FailOverAsync(AwsAccount account, Endpoint endpoint)
    {
        await using var source = NpgsqlDataSource.Create($"Host={endpoint.Address};Port={endpoint.Port};Username=keeper;Password={Password};Database=shop;Timeout=1;Command Timeout=1;Cancellation Timeout=100");
        await using (var table = source.CreateCommand("CREATE TABLE t (i bigint)"))
        {
            await table.ExecuteNonQueryAsync();
        }

        var (acknowledged, next, longest, lastGood) = (new HashSet<long>(), 0L, TimeSpan.Zero, Stopwatch.GetTimestamp());
        var begun = false;
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(4))
        {
            if (!begun && Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(500))
            {
                begun = true;
                await account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "bench", ForceFailover = true });
            }

            try
            {
                await using var command = source.CreateCommand($"INSERT INTO t VALUES ({++next})");
                await command.ExecuteNonQueryAsync();
                acknowledged.Add(next);
                longest = Stopwatch.GetElapsedTime(lastGood) > longest ? Stopwatch.GetElapsedTime(lastGood) : longest;
                lastGood = Stopwatch.GetTimestamp();
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                await Task.Delay(5);
            }
        }

        await using var count = source.CreateCommand("SELECT i FROM t");
        await using var reader = await count.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            acknowledged.Remove(reader.GetInt64(0));
        }

        return (longest, acknowledged.Count);
    }

    private static async Task<IEnumerable<TimeSpan>> ActionDelaysAsync(AwsAccount account)
    {
        var template = FisTemplate.For("chain", "arn:aws:iam::000000000000:role/fis").Do("0", FisAction.Wait("1m"));
        for (var action = 1; action < 8; action++)
        {
            template = template.Do(action.ToString(CultureInfo.InvariantCulture), FisAction.Wait("1m"), (action - 1).ToString(CultureInfo.InvariantCulture));
        }

        var started = await FisRuns.StartAsync(account, null, template.ToRequest(), Guid.NewGuid().ToString("N"), ActionsMode.RunAll, default);
        var ended = await FisRuns.EndedAsync(account, started.Id, default);
        return Enumerable.Range(1, 7).Select(action => ended.Actions[action.ToString(CultureInfo.InvariantCulture)].StartTime!.Value - ended.Actions[(action - 1).ToString(CultureInfo.InvariantCulture)].EndTime!.Value);
    }

    // A cloud in a process of its own, so that its work can be told from the client's.
    private static async Task CallsAsync()
    {
        var since = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "ChaosHarness.LocalCloud.dll"), "--port", "0"]) { RedirectStandardOutput = true })!;
        try
        {
            var line = (await process.StandardOutput.ReadLineAsync())!;
            Figures.Print("local cloud alone, from start to ready", string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(since).TotalSeconds:0.00} s"), "at most 1.5 s");
            var url = new Uri(line.Split("AWS_ENDPOINT_URL=")[1].Split(' ')[0]);
            using var account = new AwsAccount(Amazon.RegionEndpoint.USEast1, new Amazon.Runtime.BasicAWSCredentials(CloudCredential.Administrator.AccessKeyId, CloudCredential.Administrator.SecretKey), url);
            await account.Ec2.RunInstancesAsync(new Amazon.EC2.Model.RunInstancesRequest { ImageId = "ami-bench", MinCount = Instances, MaxCount = Instances });
            await CallsAsync(url, process);
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task CallsAsync(Uri url, Process process)
    {
        const int Connections = 4;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = Connections });
        var (stamp, body) = (DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture), "Action=DescribeInstances&Version=2016-11-15");
        var authorization = Sign(url, stamp, body);
        await SendForAsync(TimeSpan.FromSeconds(2));
        process.Refresh();
        var before = process.TotalProcessorTime;
        var since = Stopwatch.GetTimestamp();
        var calls = await SendForAsync(TimeSpan.FromSeconds(5));
        var took = Stopwatch.GetElapsedTime(since);
        process.Refresh();
        var busy = (process.TotalProcessorTime - before).TotalSeconds;
        Figures.Print($"signed DescribeInstances a second ({Instances})", string.Create(CultureInfo.InvariantCulture, $"{calls / took.TotalSeconds:0}, {calls / busy:0} for a second of a core"), "2000 on one core");

        async Task<int> SendForAsync(TimeSpan time)
        {
            var until = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
            var counts = await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
            {
                var sent = 0;
                while (Stopwatch.GetTimestamp() < until)
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body) };
                    request.Headers.Add("X-Amz-Date", stamp);
                    request.Headers.TryAddWithoutValidation("Authorization", authorization);
                    using var response = await http.SendAsync(request);
                    if (response.StatusCode != HttpStatusCode.OK)
                    {
                        throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
                    }

                    await response.Content.ReadAsByteArrayAsync();
                    sent++;
                }

                return sent;
            }));
            return counts.Sum();
        }
    }

    private static string Sign(Uri url, string stamp, string body)
    {
        var scope = $"{stamp[..8]}/us-east-1/ec2/aws4_request";
        var canonical = $"POST\n/\n\nhost:{url.Authority}\nx-amz-date:{stamp}\n\nhost;x-amz-date\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)))}";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + CloudCredential.Administrator.SecretKey), (parent, part) => HMACSHA256.HashData(parent, Encoding.UTF8.GetBytes(part)));
        return $"AWS4-HMAC-SHA256 Credential={CloudCredential.Administrator.AccessKeyId}/{scope}, SignedHeaders=host;x-amz-date, Signature={Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)))}";
    }

    private static string Range(List<TimeSpan> times)
    {
        times.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"{Figures.At(times, 0.5).TotalSeconds:0.00} s, {times[^1].TotalSeconds:0.00} s");
    }
}
