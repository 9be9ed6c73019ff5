using System.Globalization;

namespace ChaosHarness.Toxiproxy.Server.Hosting;

/// <summary>The flags of the original, with one dash or two, and a few of our own.</summary>
internal sealed class CommandLine
{
    public const string Usage = """
        Usage: ChaosHarness.Toxiproxy.Server [flags]

          -host HOST          host of the API (default localhost)
          -port PORT          port of the API, 0 for a free one (default 8474)
          -config FILE        JSON array of proxies to begin with, toxics included
          -seed N             what chance depends on (default 0)
          -proxy-metrics      show bytes on /metrics
          -runtime-metrics    show processor time and memory on /metrics
          -token-file FILE    the bearer token that requests must carry (or the variable TOXIPROXY_TOKEN)
          -end-with-input     end when the standard input ends, so with the process that holds it
          -version            print the version and end

        """;

    private static readonly string[] Flags = ["proxy-metrics", "runtime-metrics", "end-with-input", "version", "help", "h"];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public bool ShowsVersion => Has("version");

    public bool ShowsUsage => Has("help") || Has("h");

    public bool EndsWithInput => Has("end-with-input");

    /// <summary>Reads the arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>What they say.</returns>
    /// <exception cref="FormatException">They are wrong; the message says how.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            var text = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument.StartsWith('-') ? argument[1..] : "";
            var (name, given) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, (string?)null);
            if (Flags.Contains(name))
            {
                line._values[name] = given ?? "true";
            }
            else if (name is "host" or "port" or "config" or "seed" or "token-file")
            {
                line._values[name] = given ?? (index + 1 < arguments.Count ? arguments[++index] : throw new FormatException($"flag needs an argument: -{name}"));
            }
            else
            {
                throw new FormatException($"flag provided but not defined: {argument}");
            }
        }

        return line;
    }

    public ToxiproxyServerOptions Options() => new()
    {
        Host = _values.GetValueOrDefault("host", "localhost"),
        Port = (int)Number("port", 8474, ushort.MaxValue),
        Seed = Number("seed", 0, long.MaxValue),
        ConfigFile = _values.GetValueOrDefault("config") is { Length: > 0 } file ? file : null,
        ProxyMetrics = Has("proxy-metrics"),
        RuntimeMetrics = Has("runtime-metrics"),
        Token = _values.TryGetValue("token-file", out var token) ? File.ReadAllText(token).Trim() : Environment.GetEnvironmentVariable("TOXIPROXY_TOKEN"),
    };

    private bool Has(string flag) => _values.GetValueOrDefault(flag) == "true";

    private long Number(string name, long fallback, long maximum)
    {
        if (!_values.TryGetValue(name, out var text))
        {
            return fallback;
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number <= maximum && (number >= 0 || name == "seed")
            ? number
            : throw new FormatException($"invalid value \"{text}\" for flag -{name}");
    }
}
