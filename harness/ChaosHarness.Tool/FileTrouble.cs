namespace ChaosHarness.Tool;

/// <summary>What the system says of a file that cannot be read or written, with what to do about it.</summary>
internal static class FileTrouble
{
    public static string Tell(Exception exception) => exception switch
    {
        UnauthorizedAccessException => $"{exception.Message} {Environment.UserName} has to be allowed to read and write there; `chaos doctor` says of each place whether that is so.",
        DirectoryNotFoundException => $"{exception.Message} Make that folder, or name another.",
        _ => exception.Message,
    };

    /// <summary>Why a folder cannot be written, or made where it is missing; null when it can. Leaves nothing there.</summary>
    public static string? WhyUnwritable(string folder)
    {
        var existing = folder;
        while (!Path.Exists(existing) && Path.GetDirectoryName(existing) is { } above)
        {
            existing = above;
        }

        try
        {
            var probe = Path.Combine(existing, $".chaos-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{existing} cannot be written: {exception.Message}";
        }
    }
}
