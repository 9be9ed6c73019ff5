namespace ChaosHarness.Processes;

/// <summary>Runs a program that ends by itself.</summary>
internal static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="TopologyFailedException">It could not be started, failed or took too long; with what it wrote.</exception>
    public static async Task RunAsync(ProcessPlan plan, CancellationToken cancellationToken) => await AskAsync(plan, cancellationToken).ConfigureAwait(false);

    /// <returns>What it wrote to its standard output.</returns>
    /// <exception cref="TopologyFailedException">It could not be started, failed or took too long; with what it wrote.</exception>
    public static async Task<string> AskAsync(ProcessPlan plan, CancellationToken cancellationToken)
    {
        using var process = await ParentDeath.StartAsync(ParentDeath.StartInfo(plan)).ConfigureAwait(false);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                throw new TopologyFailedException($"{plan.Name} ended with exit code {process.ExitCode}:\n{await error.ConfigureAwait(false)}{await output.ConfigureAwait(false)}");
            }

            return await output.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TopologyFailedException($"{plan.Name} was not done within {Patience.TotalSeconds:0} s.");
        }
    }
}
