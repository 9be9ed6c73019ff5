namespace ChaosHarness.KilledRestores;

/// <summary>Where the process waits to be killed.</summary>
internal static class Stop
{
    public static async Task AtAsync(string here, string where, CancellationToken cancellationToken)
    {
        if (here == where)
        {
            Console.WriteLine(here);
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
