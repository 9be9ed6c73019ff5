namespace ChaosHarness.Processes.Postgres;

/// <summary>The files of a fence, as the agent that closes it and whoever starts the node agree on them.</summary>
internal static class FenceFiles
{
    private const int WouldBlock = 11;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    /// <summary>The file that says that a node is fenced. Beside its data, so that it stays until a fresh copy is whole.</summary>
    public static string Mark(string dataFolder) => dataFolder + ".fenced";

    /// <summary>The file by which PostgreSQL starts as a standby.</summary>
    public static string StandbySignal(string dataFolder) => Path.Combine(dataFolder, "standby.signal");

    /// <summary>Waits until nobody else starts or fences the node, and keeps it so until disposed. Beside the data, which a fresh copy empties.</summary>
    public static async Task<FileStream> HoldAsync(string dataFolder, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(dataFolder + ".held", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.HResult is WouldBlock)
            {
                // Held by another.
                await Task.Delay(Glance, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
