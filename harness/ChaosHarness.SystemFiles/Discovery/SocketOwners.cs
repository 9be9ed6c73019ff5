using System.Globalization;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>Which process has which socket.</summary>
/// <param name="ByInode">The number of the process.</param>
/// <param name="Unreadable">How many processes do not let this user see what they have: those of others.</param>
internal sealed record SocketOwners(IReadOnlyDictionary<long, int> ByInode, int Unreadable)
{
    private const string Prefix = "socket:[";

    public static SocketOwners Read(IEnumerable<int> processes, string folder = Machine.ProcessTable.Usual)
    {
        var owners = new Dictionary<long, int>();
        var unreadable = 0;
        foreach (var id in processes)
        {
            try
            {
                foreach (var descriptor in new DirectoryInfo(Path.Combine(folder, id.ToString(CultureInfo.InvariantCulture), "fd")).EnumerateFileSystemInfos())
                {
                    if (TargetOf(descriptor) is { } target && target.StartsWith(Prefix, StringComparison.Ordinal) && long.TryParse(target.AsSpan(Prefix.Length, target.Length - Prefix.Length - 1), CultureInfo.InvariantCulture, out var inode))
                    {
                        // The eldest that shares it: it was inherited from there.
                        owners[inode] = owners.TryGetValue(inode, out var other) ? Math.Min(other, id) : id;
                    }
                }
            }
            catch (UnauthorizedAccessException)
            {
                unreadable++;
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return new SocketOwners(owners, unreadable);
    }

    private static string? TargetOf(FileSystemInfo descriptor)
    {
        try
        {
            return descriptor.LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
