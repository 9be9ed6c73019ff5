using System.Globalization;
using System.Text.Json;

namespace ChaosHarness.Safety.Watchdogs;

/// <summary>A watchdog that is there: should its owner be killed, it undoes what that left broken.</summary>
/// <param name="Id">The number of its process.</param>
/// <param name="Owner">The number of the process that it watches.</param>
/// <param name="Since">Since when.</param>
public sealed record WatchdogState(int Id, int Owner, DateTimeOffset Since)
{
    private const string Suffix = ".watchdog";

    /// <summary>The watchdogs that look after a folder of fault journals.</summary>
    /// <param name="folder">The folder; may be missing.</param>
    /// <returns>Those whose process is there, the oldest first.</returns>
    public static IReadOnlyList<WatchdogState> Find(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. HeldFile.Read(folder, Suffix).Select(Read).OfType<WatchdogState>().OrderBy(state => state.Since)];
    }

    /// <summary>Says that it is there, until what is returned is disposed or the process ends; null where that cannot be written.</summary>
    internal IDisposable? Show(string folder) =>
        HeldFile.Hold(Path.Combine(folder, Id.ToString(CultureInfo.InvariantCulture) + Suffix), JsonSerializer.SerializeToUtf8Bytes(this, SafetyJson.Default.WatchdogState));

    private static WatchdogState? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, SafetyJson.Default.WatchdogState);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
