using System.Globalization;
using System.Text.Json;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.Processes;

namespace ChaosHarness.LocalCloud.Fis.Actions;

/// <summary>Runs two of the documents that AWS has for experiments: one that keeps processors busy, one that kills processes.</summary>
internal sealed class SendCommand(Compute compute) : IFisAction
{
    public IReadOnlyList<string> Ids => ["aws:ssm:send-command"];

    public async Task RunAsync(string id, ActionCall call, CancellationToken stop)
    {
        var document = call.Text("documentArn")!;
        var parameters = Parameters(call.Text("documentParameters") ?? "{}");
        var instances = call.Targets.Select(target => compute.Find(target.Id)).OfType<Instance>().ToList();
        switch (document[(document.LastIndexOf('/') + 1)..])
        {
            case "AWSFIS-Run-CPU-Stress":
                await StressAsync(instances, parameters, call, stop);
                break;
            case "AWSFIS-Run-Kill-Process":
                var name = parameters.GetValueOrDefault("ProcessName") ?? throw new AwsErrorException("ValidationException", "documentParameters: ProcessName is needed.");
                await Task.WhenAll(instances.Select(instance => KillAsync(instance, name, parameters.GetValueOrDefault("Signal", "SIGTERM"), stop)));
                break;
            default:
                throw new AwsErrorException("ResourceNotFoundException", $"This cloud has no document {document}. It has AWSFIS-Run-CPU-Stress and AWSFIS-Run-Kill-Process.", 404);
        }
    }

    private static async Task StressAsync(List<Instance> instances, Dictionary<string, string> parameters, ActionCall call, CancellationToken stop)
    {
        var duration = call.Cloud.Clock.Here(TimeSpan.FromSeconds(double.Parse(parameters.GetValueOrDefault("DurationSeconds", "60"), CultureInfo.InvariantCulture)));
        var processors = int.Parse(parameters.GetValueOrDefault("CPU", "0"), CultureInfo.InvariantCulture);
        var busy = new List<ManagedProcess>();
        try
        {
            foreach (var instance in instances)
            {
                for (var processor = 0; processor < (processors == 0 ? Environment.ProcessorCount : processors); processor++)
                {
                    busy.Add(await ManagedProcess.StartAsync(new ProcessPlan("stress", "/bin/sh", ["-c", "while :; do :; done"], call.Cloud.Folder.Path)
                    {
                        Environment = new Dictionary<string, string> { [Instance.IdVariable] = instance.Id },
                    }));
                }
            }

            await Task.Delay(duration, call.Cloud.Time, stop);
        }
        finally
        {
            foreach (var process in busy)
            {
                await process.KillAsync();
                process.Dispose();
            }
        }
    }

    private static async Task KillAsync(Instance instance, string name, string signal, CancellationToken stop)
    {
        var found = InstanceProcesses.Called(instance, name);
        if (found.Count == 0)
        {
            throw new InvalidOperationException($"No process called {name} runs on {instance.Id}.");
        }

        await Tool.RunAsync(new ProcessPlan("kill", "kill", ["-s", signal.Replace("SIG", "", StringComparison.Ordinal), .. found.Select(process => process.ToString(CultureInfo.InvariantCulture))], "/"), stop);
    }

    private static Dictionary<string, string> Parameters(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.ValueKind == JsonValueKind.Array ? entry.Value[0].ToString() : entry.Value.ToString());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new AwsErrorException("ValidationException", $"documentParameters: {exception.Message}");
        }
    }
}
