using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChaosHarness.Experiments;
using ChaosHarness.Hosts;
using Microsoft.Win32.SafeHandles;

namespace ChaosHarness.Recovery.Volumes;

/// <summary>
/// A file system of its own, ext4 in a file, whose power can be cut: what was not flushed to its disk by then is gone, as it is from a machine that loses
/// power, and not from a process that is killed. It needs Linux and root, and goes away with whoever made it, also after a kill.
/// </summary>
public sealed partial class ForgetfulVolume : IAsyncDisposable
{
    // FS_IOC_SHUTDOWN, the same for ext4 and XFS; and that the file system's own journal is not flushed either.
    private const uint Shutdown = 0x8004587D;
    private const uint WithoutFlush = 2;
    private const string Trigger = ".cut";

    private const string MakeScript = """
        mkdir "$1/disk" && truncate -s "$2M" "$1/image" && mkfs.ext4 -q -F "$1/image" && mount -o loop "$1/image" "$1/disk" && : >"$1/disk/.cut" &&
        mkdir "$1/disk/files" && chmod 700 "$1/disk/files" && { [ -z "$3" ] || chown "$3" "$1/disk/files"; } && sync -f "$1/disk"
        """;

    // Everything that runs on it, as the power is gone for that too. A killed PostgreSQL leaves the segment behind that line 7 of its pid file names.
    private const string EndScript = """
        for pid in "$1"/disk/files/*/postmaster.pid; do
          [ -r "$pid" ] && segment="$segment $(sed -n 7p "$pid" | tr -s ' ' | cut -d ' ' -f 3)"
        done
        for round in 1 2; do
          for process in /proc/[0-9]*; do
            case "$(readlink "$process/cwd" 2>/dev/null)" in "$1"/disk/*) kill -KILL "${process#/proc/}" 2>/dev/null ;; esac
          done
        done
        for number in $segment; do ipcrm -m "$number" 2>/dev/null; done
        for round in $(seq 100); do umount "$1/disk" 2>/dev/null && break; sleep 0.1; done
        ! mountpoint -q "$1/disk"
        """;

    private readonly string _folder;
    private readonly Process _guardian;

    private ForgetfulVolume(string folder, Process guardian) => (_folder, _guardian) = (folder, guardian);

    /// <summary>The folder that is on it.</summary>
    public string Path => System.IO.Path.Combine(_folder, "disk", "files");

    /// <summary>Makes one.</summary>
    /// <param name="megabytes">How large it is.</param>
    /// <param name="user">Whose its folder is; null for the one of this process.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The volume.</returns>
    /// <exception cref="ImpossibleException">This machine cannot make one: no Linux, no root, no loop device, or no ext4.</exception>
    public static async Task<ForgetfulVolume> CreateAsync(int megabytes, string? user, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            throw new ImpossibleException("A file system whose power can be cut needs Linux and root.");
        }

        var folder = Directory.CreateTempSubdirectory("chaosharness-volume-").FullName;
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        // Its standard input ends when this process does, in whatever way.
        var guard = "trap '' INT TERM HUP; cat >/dev/null; [ ! -d \"$1/disk\" ] || ( " + EndScript + " ) || umount -l \"$1/disk\"; rm -rf \"$1\"";
        var volume = new ForgetfulVolume(folder, Process.Start(new ProcessStartInfo("/bin/sh", ["-c", guard, "guardian", folder]) { WorkingDirectory = "/", RedirectStandardInput = true })!);
        var made = await new LocalHost().RunAsync(HostCommand.Script(MakeScript, folder, megabytes.ToString(CultureInfo.InvariantCulture), user ?? ""), cancellationToken).ConfigureAwait(false);
        if (!made.IsSuccess)
        {
            await volume.DisposeAsync().ConfigureAwait(false);
            throw new ImpossibleException($"This machine cannot mount a file as an ext4 file system: {CommandWords(made)}");
        }

        return volume;
    }

    /// <summary>Flushes everything that is on it so far: what is lost later is not what was there before.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is on the disk.</returns>
    public ValueTask FlushAsync(CancellationToken cancellationToken) => RequireAsync("sync -f \"$1/disk\"", "flushing it", cancellationToken);

    /// <summary>Cuts its power, and brings it back: whatever ran on it is dead, what was flushed is there, and nothing else.</summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is mounted again.</returns>
    /// <exception cref="ImpossibleException">The kernel does not let this file system be shut down.</exception>
    /// <exception cref="InvalidOperationException">It could not be mounted again.</exception>
    public async ValueTask CutAsync(CancellationToken cancellationToken)
    {
        using (var file = File.OpenHandle(System.IO.Path.Combine(_folder, "disk", Trigger)))
        {
            var flags = WithoutFlush;
            if (Control(file, Shutdown, ref flags) != 0)
            {
                throw new ImpossibleException(string.Create(CultureInfo.InvariantCulture, $"The kernel does not let an ext4 file system be shut down: error {Marshal.GetLastPInvokeError()}."));
            }
        }

        await RequireAsync(EndScript, "unmounting it", cancellationToken).ConfigureAwait(false);
        await RequireAsync("mount -o loop \"$1/image\" \"$1/disk\"", "mounting it again", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends whatever runs on it, and removes it.</summary>
    /// <returns>When it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        _guardian.StandardInput.Close();
        await _guardian.WaitForExitAsync().ConfigureAwait(false);
        _guardian.Dispose();
    }

    private async ValueTask RequireAsync(string script, string what, CancellationToken cancellationToken)
    {
        var result = await new LocalHost().RunAsync(HostCommand.Script(script, _folder), cancellationToken).ConfigureAwait(false);
        if (!result.IsSuccess)
        {
            throw new InvalidOperationException($"{what}: {CommandWords(result)}");
        }
    }

    private static string CommandWords(CommandResult result) => (result.Error + result.Output).Trim();

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, nuint request, ref uint flags);
}
