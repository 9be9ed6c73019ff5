using ChaosHarness.Probes;

namespace ChaosHarness.SystemFiles.Parts;

/// <summary>Ready when a program ends with exit code 0.</summary>
internal sealed record ProgramReadiness(IReadOnlyList<string> Command) : IReadiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var sample = await new CommandProbe("ready", Command[0], [.. Command.Skip(1)]).SampleAsync(limit.Token).ConfigureAwait(false);
            return sample.Ok ? null : $"'{Command[0]}' says no: {sample.Detail}";
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"'{Command[0]}' could not say: {exception.Message}";
        }
    }
}
