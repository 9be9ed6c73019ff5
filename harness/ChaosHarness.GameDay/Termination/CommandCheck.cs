namespace ChaosHarness.GameDay.Termination;

/// <summary>Well is what a program ends with 0 for.</summary>
/// <param name="Call">The program and its arguments.</param>
/// <param name="Patience">How long it may take.</param>
internal sealed record CommandCheck(IReadOnlyList<string> Call, TimeSpan Patience) : ICheck
{
    public async Task<string?> WhyBadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ProgramOutput.ReadAsync(Call, Patience, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return exception.Message;
        }
    }
}
