using System.Diagnostics;
using ChaosHarness.KilledHosts.Sweeps;

namespace ChaosHarness.Fixtures.Tests;

/// <summary>A disk of a few pages, which a test can fill. Only who may mount has one; for others the test is ignored.</summary>
internal sealed class TinyDisk : IFolderDisaster
{
    private readonly string _folder;

    private TinyDisk(string folder) => _folder = folder;

    public static TinyDisk Mount(string folder)
    {
        if (Run("mount", "-t", "tmpfs", "-o", "size=64k", "none", folder) != 0)
        {
            Assert.Ignore("This user may not mount a disk.");
        }

        return new TinyDisk(folder);
    }

    public void Strike()
    {
        using var file = new FileStream(Path.Combine(_folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        Assert.That(
            () =>
            {
                while (true)
                {
                    file.Write(new byte[512]);
                }
            },
            Throws.InstanceOf<IOException>());
    }

    public void Dispose()
    {
        File.Delete(Path.Combine(_folder, "filler"));
        Run("umount", "-l", _folder);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
