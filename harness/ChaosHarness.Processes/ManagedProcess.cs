using System.Diagnostics;
using ChaosHarness.Faults.Processes;

namespace ChaosHarness.Processes;

/// <summary>A process of the sample system: started, listened to, and ended by us.</summary>
internal sealed class ManagedProcess : IDisposable
{
    private const int LinesKept = 20;
    private readonly Process _process;
    private readonly ProcessPlan _plan;
    private readonly Queue<string> _lastLines = new();

    private ManagedProcess(Process process, ProcessPlan plan)
    {
        _process = process;
        _plan = plan;
        Identity = ProcessIdentity.Find(process.Id) ?? new ProcessIdentity(process.Id, 0);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ProcessIdentity Identity { get; }

    public bool IsRunning => Identity.IsRunning;

    /// <summary>The last lines that it wrote, for people to read when it failed.</summary>
    public string LastLines
    {
        get
        {
            lock (_lastLines)
            {
                return string.Join('\n', _lastLines);
            }
        }
    }

    /// <exception cref="TopologyFailedException">The program could not be started.</exception>
    public static async Task<ManagedProcess> StartAsync(ProcessPlan plan)
    {
        try
        {
            return new ManagedProcess(await ParentDeath.StartAsync(ParentDeath.StartInfo(plan)).ConfigureAwait(false), plan);
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new TopologyFailedException($"{plan.Name} could not be started: {exception.Message}", exception);
        }
    }

    /// <summary>Waits until a check holds.</summary>
    /// <exception cref="TopologyFailedException">The process ended first, or the time was over; with its last words.</exception>
    public async Task ReadyAsync(Func<CancellationToken, Task<bool>> check, TimeSpan patience, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await check(cancellationToken).ConfigureAwait(false))
        {
            if (!IsRunning)
            {
                // Its last words may still be on their way through the pipe.
                await _process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
                throw new TopologyFailedException($"{_plan.Name} ended with exit code {_process.ExitCode} before it was ready:\n{LastLines}");
            }

            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new TopologyFailedException($"{_plan.Name} was not ready within {patience.TotalSeconds:0} s:\n{LastLines}");
            }

            await Task.Delay(20, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends it and everything below it at once.</summary>
    public Task KillAsync() => ProcessSignals.KillTreeAsync(Identity, CancellationToken.None);

    /// <summary>Asks it to end, and ends what is left of it once the time is over.</summary>
    public Task TerminateAsync(TimeSpan grace, CancellationToken cancellationToken) => ProcessSignals.TerminateTreeAsync(Identity, grace, TimeProvider.System, cancellationToken);

    public void Dispose() => _process.Dispose();

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesKept)
            {
                _lastLines.Dequeue();
            }
        }

        _plan.OnLine(line);
    }
}
