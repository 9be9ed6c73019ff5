using System.Globalization;
using System.Text.Json;

namespace ChaosHarness.Recovery.Postgres.Backups;

/// <summary>Which of the backups that were found is meant.</summary>
internal static class FoundBackups
{
    /// <summary>The newest that can be restored to a moment.</summary>
    /// <param name="all">All that were found.</param>
    /// <param name="moment">The moment; null for the latest.</param>
    /// <param name="whose">Such as <c>pgBackRest's backups of stanza shop</c>.</param>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static FoundBackup Newest(IReadOnlyList<FoundBackup> all, DateTimeOffset? moment, string whose) =>
        all.Where(backup => moment is null || backup.Finished <= moment).MaxBy(backup => backup.Finished)
            ?? throw new InvalidOperationException(all.Count == 0
                ? $"there is no whole one among {whose}"
                : string.Create(CultureInfo.InvariantCulture, $"none of {whose} was complete by {moment!.Value.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, of {all.Count} that there are"));

    /// <summary>Reads what a tool of others wrote.</summary>
    /// <exception cref="InvalidOperationException">It is not what is known of that tool.</exception>
    public static IReadOnlyList<FoundBackup> Read(string what, Func<IEnumerable<FoundBackup>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{what} wrote what is not understood: {exception.Message}", exception);
        }
    }
}
