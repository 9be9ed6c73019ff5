namespace ChaosHarness.Tool.Tests;

/// <summary>A program of another that a script stands in for.</summary>
internal static class FakeProgram
{
    /// <summary>Writes it.</summary>
    /// <returns>The folder that it is in, for the <c>PATH</c>.</returns>
    public static async Task<string> WriteAsync(string folder, string name, string script)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, name);
        await File.WriteAllTextAsync(file, "#!/usr/bin/env bash\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return Path.GetDirectoryName(file)!;
    }
}
