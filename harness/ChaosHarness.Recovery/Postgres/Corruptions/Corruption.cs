using System.IO.Enumeration;
using System.Text.RegularExpressions;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Postgres.Corruptions;

/// <summary>Something that becomes of backups and that a restore has to notice: done to a copy of one.</summary>
public sealed partial class Corruption
{
    private readonly Func<ICopiedBackup, string, CancellationToken, ValueTask<ICopiedBackup>> _plant;

    private Corruption(string name, Func<ICopiedBackup, string, CancellationToken, ValueTask<ICopiedBackup>> plant) => (Name, _plant) = (name, plant);

    /// <summary>What becomes of it, such as <c>a flipped bit in */base/*</c>.</summary>
    public string Name { get; }

    /// <summary>One bit in the middle of the largest file is not what it was.</summary>
    /// <param name="files">Which files, as their path from the copy's folder on; <c>*</c> stands for anything, <c>/</c> too.</param>
    /// <returns>The corruption.</returns>
    public static Corruption FlippedBit(string files) => OfLargest("a flipped bit in", files, file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = stream.Length / 2;
        var value = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(value ^ 0x10));
    });

    /// <summary>The largest file ends half way.</summary>
    /// <param name="files">Which files.</param>
    /// <returns>The corruption.</returns>
    public static Corruption Truncated(string files) => OfLargest("a truncated file of", files, file =>
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Write);
        stream.SetLength(stream.Length / 2);
    });

    /// <summary>The largest file is there and empty.</summary>
    /// <param name="files">Which files.</param>
    /// <returns>The corruption.</returns>
    public static Corruption Emptied(string files) => OfLargest("an empty file of", files, file => File.WriteAllBytes(file, []));

    /// <summary>The largest file is gone.</summary>
    /// <param name="files">Which files.</param>
    /// <returns>The corruption.</returns>
    public static Corruption Missing(string files) => OfLargest("a missing file of", files, File.Delete);

    /// <summary>Every other file is gone, as where retention was interrupted while it deleted the backup.</summary>
    /// <param name="files">Which files.</param>
    /// <returns>The corruption.</returns>
    public static Corruption HalfDeleted(string files) => Of($"half of the files of {files} deleted", (folder, _) =>
    {
        foreach (var (index, file) in Planted(Matching(folder, files), files).Order(StringComparer.Ordinal).Index())
        {
            if (index % 2 == 0)
            {
                File.Delete(file);
            }
        }

        return ValueTask.CompletedTask;
    });

    /// <summary>No log was archived any more for a while: the segments are gone that were written since.</summary>
    /// <param name="time">Such as <c>1h</c>.</param>
    /// <returns>The corruption.</returns>
    public static Corruption LackingTheLast(string time) => Of($"no log of the last {time}", (folder, _) =>
    {
        var since = DurationText.TryParse(time, out var length) ? DateTime.UtcNow - length : throw new ArgumentException($"Corruption.LackingTheLast: '{time}' is not a duration such as 1h.", nameof(time));
        foreach (var file in Planted(Matching(folder, "*").Where(file => Segment().IsMatch(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) >= since), "segments of the log"))
        {
            File.Delete(file);
        }

        return ValueTask.CompletedTask;
    });

    /// <summary>Nobody knows the passphrase of pgBackRest's encrypted repository any more.</summary>
    /// <returns>The corruption.</returns>
    public static Corruption LostKey() => new("a lost key", (copy, _, _) => ValueTask.FromResult<ICopiedBackup>(
        copy is PgBackRest kept ? kept with { Passphrase = Guid.NewGuid().ToString() } : throw new InvalidOperationException($"{copy.Name} has no key to lose: LostKey is for pgBackRest")));

    /// <summary>Anything else.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="plant">Does it to the files below a folder, which are a copy. What it throws is why it could not be planted.</param>
    /// <returns>The corruption.</returns>
    public static Corruption Of(string name, Func<string, CancellationToken, ValueTask> plant)
    {
        ArgumentNullException.ThrowIfNull(plant);
        return new(name, async (copy, folder, token) =>
        {
            await plant(folder, token).ConfigureAwait(false);
            return copy;
        });
    }

    /// <summary><see cref="Name"/>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name;

    internal ValueTask<ICopiedBackup> PlantAsync(ICopiedBackup copy, string folder, CancellationToken cancellationToken) => _plant(copy, folder, cancellationToken);

    private static Corruption OfLargest(string what, string files, Action<string> change) => Of($"{what} {files}", (folder, _) =>
    {
        change(Planted(Matching(folder, files), files).MaxBy(file => (new FileInfo(file).Length, file))!);
        return ValueTask.CompletedTask;
    });

    private static List<string> Planted(IEnumerable<string> files, string what) => files.ToList() is { Count: > 0 } found ? found : throw new InvalidOperationException($"the backup has no {what}, so that nothing was broken");

    private static IEnumerable<string> Matching(string folder, string files) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false }).Where(file => FileSystemName.MatchesSimpleExpression(files, Path.GetRelativePath(folder, file), ignoreCase: false));

    [GeneratedRegex("^[0-9A-F]{24}([.-].*)?$")]
    private static partial Regex Segment();
}
