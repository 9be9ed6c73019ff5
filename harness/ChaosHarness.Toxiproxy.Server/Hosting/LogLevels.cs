using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Hosting;

/// <summary>The names that the original's variable LOG_LEVEL takes.</summary>
internal static class LogLevels
{
    public static LogLevel FromEnvironment() => Environment.GetEnvironmentVariable("LOG_LEVEL")?.ToLowerInvariant() switch
    {
        "disabled" => LogLevel.None,
        "panic" or "fatal" => LogLevel.Critical,
        "error" => LogLevel.Error,
        "warn" => LogLevel.Warning,
        "debug" => LogLevel.Debug,
        "trace" => LogLevel.Trace,
        _ => LogLevel.Information,
    };
}
