using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>
/// Leases among all processes of a machine: a file for each system, locked for as long as the run goes on. The lock goes with its process,
/// so nobody has to clear anything up. Who holds it stands in a second file, as one that is locked cannot be read everywhere.
/// </summary>
/// <param name="folder">Where the files are; made so that every user of the machine may use it.</param>
/// <param name="time">Where time comes from.</param>
public sealed class LeaseFiles(string folder, TimeProvider time) : ISystemLease
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode FolderForAll = ForAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;
    // A sharing or a lock violation of Windows; would block, of Linux and of macOS.
    private static readonly int[] LockedErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Where the leases of this machine are, whoever asks.</summary>
    public static string DefaultFolder => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "chaosharness", "leases")
        // Not the temporary folder of the user, which each has one of on some systems.
        : "/tmp/chaosharness-leases";

    /// <inheritdoc/>
    public async ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        var path = Path.Combine(folder, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(system.Key)))[..24].ToLowerInvariant());
        var began = time.GetTimestamp();
        try
        {
            MakeFolder();
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryLock(path + ".lock") is { } locked)
                {
                    Write(path + ".holder.json", JsonSerializer.SerializeToUtf8Bytes(holder, SafetyJson.Default.LeaseHolder));
                    return LeaseResult.Taken(new Held(locked));
                }

                if (time.GetElapsedTime(began) >= wait)
                {
                    return LeaseResult.Refused($"{system} is being broken by {HolderIn(path + ".holder.json")}; wait until that is over, or let runs wait by Chaos.LeaseWait{(wait > TimeSpan.Zero ? $", which is {DurationText.Format(wait)}" : "")}");
                }

                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return LeaseResult.Refused($"nobody can tell whether {system} is being broken by another run: {exception.Message}; let every user of this machine write to '{folder}'");
        }
    }

    private void MakeFolder()
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        Directory.CreateDirectory(folder);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, FolderForAll);
        }
    }

    // Null while another has it.
    private static FileStream? TryLock(string path)
    {
        try
        {
            return Open(path);
        }
        catch (IOException exception) when (LockedErrors.Contains(exception.HResult))
        {
            return null;
        }
    }

    private static void Write(string path, byte[] text)
    {
        using var file = Open(path);
        file.SetLength(0);
        file.Write(text);
    }

    // A file that is there is opened as such: some systems let nobody create over another user's file in a folder for all.
    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (FileNotFoundException)
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file.SafeFileHandle, ForAll);
            }

            return file;
        }
    }

    private static string HolderIn(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SafetyJson.Default.LeaseHolder)?.ToString() ?? "another run";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return "another run";
        }
    }

    /// <summary>A lock of the operating system, which cannot be lost while its process lives.</summary>
    private sealed class Held(FileStream locked) : IHeldLease
    {
        public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

        public ValueTask DisposeAsync() => locked.DisposeAsync();
    }
}
