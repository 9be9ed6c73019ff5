using System.Diagnostics;

namespace ChaosHarness.LocalCloud.Tests.CommandLine;

/// <summary>The AWS command line, a client that somebody else wrote.</summary>
internal sealed class Aws(LocalCloud cloud)
{
    public static bool IsThere => File.Exists("/usr/bin/aws");

    /// <summary>Runs a command and returns what it prints.</summary>
    public async Task<string> RunAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"aws --endpoint-url {cloud.Url} --output text {command}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AWS_ACCESS_KEY_ID"] = cloud.Options.Credentials[0].AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = cloud.Options.Credentials[0].SecretKey;
        start.Environment["AWS_DEFAULT_REGION"] = cloud.Options.Region;
        start.Environment["AWS_PAGER"] = "";
        start.Environment.Remove("AWS_PROFILE");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        Assert.That(process.ExitCode, Is.Zero, $"aws {command}: {await error}");
        return (await output).Trim();
    }
}
