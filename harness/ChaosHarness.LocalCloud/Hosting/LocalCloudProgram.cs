using System.CommandLine;
using ChaosHarness.LocalCloud.Contract;

namespace ChaosHarness.LocalCloud.Hosting;

/// <summary>A local cloud alone, as a program.</summary>
internal static class LocalCloudProgram
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var port = new Option<int>("--port") { Description = "The port on the loopback.", DefaultValueFactory = _ => 4566 };
        var region = new Option<string[]>("--region") { Description = "The region that it pretends to be; several, the first one first.", DefaultValueFactory = _ => ["us-east-1"], AllowMultipleArgumentsPerToken = true };
        var account = new Option<string>("--account") { Description = "The account that its resources belong to.", DefaultValueFactory = _ => "000000000000" };
        var speed = new Option<double>("--speed") { Description = "How many times faster than in AWS everything passes that takes AWS its time; 1 is AWS's own.", DefaultValueFactory = _ => 20 };
        var limit = new Option<double>("--calls-per-second") { Description = "The most calls a second before a service throttles; 0 for no limit." };
        var known = new Option<string?>("--key") { Description = $"The key that it knows, as ID:SECRET, such as test:test. Default: {CloudCredential.Administrator.AccessKeyId}." };
        var names = new Option<bool>("--names") { Description = "Endpoints are host names; prints where they are looked up." };
        var contract = new Option<bool>("--contract") { Description = "Print what it promises to do as AWS does, as Markdown, and end." };
        var command = new RootCommand("A cloud on this machine that speaks the wire protocols of AWS.") { port, region, account, speed, limit, known, names, contract };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(contract))
            {
                Console.Write(ContractTable.Markdown());
                return 0;
            }

            string[] pair = parsed.GetValue(known)?.Split(':', 2) ?? [CloudCredential.Administrator.AccessKeyId, CloudCredential.Administrator.SecretKey];
            if (pair is not [{ Length: > 0 } id, { Length: > 0 } secret])
            {
                await Console.Error.WriteLineAsync("--key is ID:SECRET, such as test:test.");
                return 2;
            }

            var options = new LocalCloudOptions
            {
                Port = parsed.GetValue(port),
                Region = parsed.GetValue(region)![0],
                OtherRegions = parsed.GetValue(region)![1..],
                AccountId = parsed.GetValue(account)!,
                Speed = parsed.GetValue(speed),
                CallsPerSecond = parsed.GetValue(limit),
                Names = parsed.GetValue(names),
                Credentials = [CloudCredential.Administrator with { AccessKeyId = id, SecretKey = secret }],
                Log = Console.Error.WriteLine,
            };
            if (options.Mistakes.ToList() is { Count: > 0 } mistakes)
            {
                mistakes.ForEach(Console.Error.WriteLine);
                return 2;
            }

            await using var cloud = await LocalCloud.StartAsync(options, cancellationToken);
            var key = options.Credentials[0];
            Console.WriteLine($"""
                export AWS_ENDPOINT_URL={cloud.Url} AWS_REGION={options.Region} AWS_DEFAULT_REGION={options.Region} AWS_ACCESS_KEY_ID={key.AccessKeyId} AWS_SECRET_ACCESS_KEY={key.SecretKey}
                """);
            if (options.Names)
            {
                Console.WriteLine($"# names are looked up at {cloud.NameServer.Address} port {cloud.NameServer.Port}");
            }

            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        });
        return await command.Parse(arguments).InvokeAsync().ConfigureAwait(false);
    }
}
