using System.Diagnostics;

namespace ChaosHarness.LocalCloud.Tests.Boto;

/// <summary>boto3, a client that somebody else wrote, with waiters and presigned URLs of its own.</summary>
internal sealed class Boto(LocalCloud cloud)
{
    private const string Head = """
        import os, json, boto3, urllib.request
        from botocore.config import Config
        config = Config(signature_version=None, retries={'max_attempts': 1}, s3={'addressing_style': 'path'})
        def client(name): return boto3.client(name, endpoint_url=os.environ['CLOUD'], config=config)

        """;

    private static readonly Lazy<string?> Interpreter = new(() => new[] { "python3", "/usr/bin/python3" }.FirstOrDefault(HasBoto));

    public static bool IsThere => Interpreter.Value is not null;

    /// <summary>Runs a program and returns what it prints.</summary>
    public async Task<string> RunAsync(string program)
    {
        var start = new ProcessStartInfo(Interpreter.Value!, ["-c", Head + program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CLOUD"] = cloud.Url.AbsoluteUri;
        start.Environment["AWS_ACCESS_KEY_ID"] = cloud.Options.Credentials[0].AccessKeyId;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = cloud.Options.Credentials[0].SecretKey;
        start.Environment["AWS_DEFAULT_REGION"] = cloud.Options.Region;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        start.Environment.Remove("AWS_PROFILE");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await process.WaitForExitAsync(patience.Token);
        Assert.That(process.ExitCode, Is.Zero, await error);
        return (await output).Trim();
    }

    private static bool HasBoto(string interpreter)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(interpreter, ["-c", "import boto3"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
