using System.Globalization;
using ChaosHarness.LocalCloud.Ec2;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.Processes;

namespace ChaosHarness.LocalCloud.Fis.Actions;

/// <summary>Runs two of the documents that AWS has for experiments: one that keeps processors busy, one that kills processes.</summary>
internal sealed class SendCommand(Compute compute) : IFisAction
{
    private const string Stress = "AWSFIS-Run-CPU-Stress";
    private const string Kill = "AWSFIS-Run-Kill-Process";

    // Those that end a process. Any other would be a kill that kills nothing.
    private static readonly string[] Signals = ["SIGTERM", "SIGKILL", "SIGINT", "SIGHUP", "SIGQUIT", "SIGABRT"];

    public IReadOnlyList<string> Ids => ["aws:ssm:send-command"];

    public async Task RunAsync(string id, ActionCall call, CancellationToken stop)
    {
        if (call.Text("documentVersion") is { } version && version is not ("$DEFAULT" or "$LATEST"))
        {
            throw DocumentParameters.Invalid($"documentVersion: this cloud has the newest only, and not {version}");
        }

        var document = call.Text("documentArn")!;
        var instances = call.Targets.Select(target => compute.Find(target.Id)).OfType<Instance>().ToList();
        // The agent that runs commands is a program on the instance.
        if (instances.Find(instance => instance.State != InstanceState.Running) is { } down)
        {
            throw new AwsErrorException("InvalidInstanceId", $"Instances [[{down.Id}]] not in a valid state for account {call.Cloud.AccountId}: it is {down.State.Name()}.");
        }

        switch (document[(document.LastIndexOf('/') + 1)..])
        {
            case Stress:
                await StressAsync(instances, call, stop);
                break;
            case Kill:
                await KillAsync(instances, call, stop);
                break;
            default:
                throw new AwsErrorException("ResourceNotFoundException", $"This cloud has no document {document}. It has {Stress} and {Kill}.", 404);
        }
    }

    private static async Task StressAsync(List<Instance> instances, ActionCall call, CancellationToken stop)
    {
        var parameters = DocumentParameters.Parse(call.Text("documentParameters"), "DurationSeconds", "CPU", "LoadPercent", "InstallDependencies");
        var seconds = parameters.Number("DurationSeconds", least: 1, most: 43_200) ?? throw DocumentParameters.Invalid("DurationSeconds is needed");
        var processors = parameters.Number("CPU", least: 0, most: 1024) ?? 0;
        if (parameters.Number("LoadPercent", least: 0, most: 100) is { } load && load != 100)
        {
            throw DocumentParameters.Invalid($"LoadPercent: this cloud keeps processors busy as a whole (100), and not to {load.ToString(CultureInfo.InvariantCulture)}");
        }

        if (Aws.Templates.FisDuration.TryParse(call.Text("duration")!, out var limit) && TimeSpan.FromSeconds(seconds) > limit)
        {
            throw DocumentParameters.Invalid($"DurationSeconds: the command would go on for {seconds.ToString(CultureInfo.InvariantCulture)} s, and the action is over after {call.Text("duration")}");
        }

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

            await Task.Delay(call.Cloud.Clock.Here(TimeSpan.FromSeconds(seconds)), call.Cloud.Time, stop);
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

    private static async Task KillAsync(List<Instance> instances, ActionCall call, CancellationToken stop)
    {
        var parameters = DocumentParameters.Parse(call.Text("documentParameters"), "ProcessName", "Signal");
        var name = parameters["ProcessName"] ?? throw DocumentParameters.Invalid("ProcessName is needed");
        var signal = parameters["Signal"] ?? "SIGTERM";
        if (!Signals.Contains(signal))
        {
            throw DocumentParameters.Invalid($"Signal: {string.Join(", ", Signals)} end a process, and not {signal}");
        }

        await Task.WhenAll(instances.Select(instance => KillAsync(instance, name, signal, stop)));
    }

    private static async Task KillAsync(Instance instance, string name, string signal, CancellationToken stop)
    {
        var found = InstanceProcesses.Called(instance, name);
        if (found.Count == 0)
        {
            throw new InvalidOperationException($"No process called {name} runs on {instance.Id}.");
        }

        await Tool.RunAsync(new ProcessPlan("kill", "kill", ["-s", signal["SIG".Length..], .. found.Select(process => process.ToString(CultureInfo.InvariantCulture))], "/"), stop);
    }
}
