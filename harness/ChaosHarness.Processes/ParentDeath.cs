using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChaosHarness.Processes;

/// <summary>Starts processes that the kernel kills when this one dies, however it dies.</summary>
internal static class ParentDeath
{
    // The kernel takes the death of the starting thread for that of the parent, so one thread starts them all and never ends.
    private static readonly BlockingCollection<Action> Work = [];

    static ParentDeath() => new Thread(() =>
    {
        foreach (var action in Work.GetConsumingEnumerable())
        {
            action();
        }
    })
    {
        IsBackground = true,
        Name = "process starter",
    }.Start();

    /// <summary>Turns a plan into a start through setpriv, which sets the parent-death signal and drops to the plan's user.</summary>
    public static ProcessStartInfo StartInfo(ProcessPlan plan)
    {
        var start = new ProcessStartInfo("setpriv", ["--pdeathsig", "KILL"])
        {
            WorkingDirectory = plan.WorkingFolder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        if (plan.User is { } user)
        {
            AddAll(start, "--reuid", user, "--regid", user, "--clear-groups");
        }

        AddAll(start, ["--", plan.Program, .. plan.Arguments]);
        foreach (var (name, value) in plan.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                started.SetResult(ProcessGroup.StartApart(() => Process.Start(start)!));
            }
            catch (Exception exception)
            {
                started.SetException(exception);
            }
        });
        return started.Task;
    }

    private static void AddAll(ProcessStartInfo start, params IEnumerable<string> arguments)
    {
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
    }
}
