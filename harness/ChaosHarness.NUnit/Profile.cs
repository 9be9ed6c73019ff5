using System.Globalization;
using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Outcomes;
using ChaosHarness.Origins;
using ChaosHarness.People;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using NUnit.Framework;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit;

/// <summary>How experiments run under <c>dotnet test --settings</c>: the <c>Chaos.*</c> test run parameters, all of them optional.</summary>
internal sealed record Profile(RunnerOptions Options, RecorderSettings Recording)
{
    /// <summary>What becomes of tests that say nothing about the system.</summary>
    public InconclusiveTests Inconclusive { get; init; } = new();

    /// <summary>Whether runs are told of while they go on.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>The parameters as they were given.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    private const string Prefix = "Chaos.";

    // One for all tests of this process, so that a run is repeated by naming it once.
    private static readonly long RandomSeed = Random.Shared.Next();

    private static readonly Dictionary<string, Func<Settings, string, string?>> Known = new(StringComparer.Ordinal)
    {
        ["Chaos.AllowedEnvironments"] = (settings, value) => settings.With(safety => safety with { AllowedEnvironments = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) }),
        ["Chaos.ProductionPermission"] = (settings, value) => settings.With(safety => safety with { ProductionPermission = value.Length == 0 ? null : value }),
        ["Chaos.MaximumTargets"] = (settings, value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
                ? settings.With(safety => safety with { MaximumTargets = count })
                : "a whole number from 1",
        ["Chaos.MaximumTargetShare"] = (settings, value) =>
            double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 1
                ? settings.With(safety => safety with { MaximumTargetShare = share })
                : "a share above 0 and up to 1, such as 0.5",
        // None at all would make nothing production.
        ["Chaos.ProductionWords"] = (settings, value) => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words
            ? settings.With(safety => safety with { ProductionWords = words })
            : "at least one word, such as prod,live",
        ["Chaos.LeaseWait"] = (settings, value) => DurationText.TryParse(value, out var wait) ? settings.SetLeaseWait(wait) : "a duration, such as 10m",
        ["Chaos.Limits"] = (settings, value) => LimitsText.TryRead(value) is { } limits ? settings.SetLimits(limits) : LimitsText.Expected,
        ["Chaos.HaltFile"] = (settings, value) => settings.SetHaltFile(value),
        [SessionTime.Parameter] = (_, value) => DurationText.TryParse(value, out var duration) && duration > TimeSpan.Zero ? null : "a duration, such as 25m",
        ["Chaos.Inconclusive"] = (settings, value) => value switch
        {
            "fail" => settings.Let(inconclusive => inconclusive with { Fail = true }),
            "pass" => settings.Let(inconclusive => inconclusive with { Fail = false }),
            _ => "fail or pass",
        },
        ["Chaos.Impossible"] = (settings, value) => value switch
        {
            "fail" => settings.Let(inconclusive => inconclusive with { FailImpossible = true }),
            "skip" => settings.Let(inconclusive => inconclusive with { FailImpossible = false }),
            _ => "skip or fail",
        },
        ["Chaos.Live"] = (settings, value) => value switch
        {
            "lines" => settings.SetLive(true),
            "off" => settings.SetLive(false),
            _ => "lines or off",
        },
        ["Chaos.Watchdog"] = (settings, value) => value switch
        {
            "on" => settings.SetWatchdog(true),
            "off" => settings.SetWatchdog(false),
            _ => "on or off",
        },
        ["Chaos.Go"] = (settings, value) => value == "off" ? settings.SetGo(null) : DurationText.TryParse(value, out var within) && within > TimeSpan.Zero ? settings.SetGo(within) : "off, or a duration, such as 10m",
        ["Chaos.Profile"] = (settings, value) => value.Length == 0 ? "a name" : settings.Say(origin => origin with { Profile = value }),
        ["Chaos.Seed"] = (settings, value) =>
            long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed) ? settings.Say(origin => origin with { Seed = seed }) : "a whole number",
        ["Chaos.Ledger"] = (settings, value) => value.Length == 0 ? "a file or a connection string" : settings.SetLedger(value),
        ["Chaos.ResultsFolder"] = (settings, value) => value.Length == 0 ? "a folder" : settings.SetResults(value),
        ["Chaos.FaultJournalFolder"] = (settings, value) => value.Length == 0 ? "a folder" : settings.SetFaultJournals(value),
    };

    public static Profile FromTestParameters(ITest test) =>
        From(TestContext.Parameters.Names.ToDictionary(name => name, name => TestContext.Parameters[name] ?? "", StringComparer.Ordinal), BaseFolderOf(test), AssemblyPermits.Of(test.TypeInfo!.Assembly), AssemblyWatchers.Of(test.TypeInfo.Assembly));

    /// <summary>Reads the parameters; those of others, without our prefix, are passed over.</summary>
    /// <exception cref="FormatException">A name or value is wrong; names every one, with the valid ones.</exception>
    public static Profile From(IReadOnlyDictionary<string, string> parameters, string baseFolder, AssemblyPermits? permits = null, AssemblyWatchers? watchers = null)
    {
        permits ??= AssemblyPermits.None;
        watchers ??= AssemblyWatchers.None;
        var settings = new Settings(baseFolder);
        var mistakes = new List<string>();
        string[] known = [.. Known.Keys.Concat(permits.Parameters).Concat(watchers.Parameters).Distinct(StringComparer.Ordinal)];
        var unknown = parameters.Keys.Where(name => IsMeant(name, known)).Except(known).ToList();
        if (unknown.Count > 0)
        {
            mistakes.Add($"There is no parameter {string.Join(", ", unknown.Select(name => $"'{name}'"))}. There are: {string.Join(", ", known)}. What [assembly: PermittedBy] and [assembly: WatchedBy] name brings others: DrillCalendarSettings those of hours and freezes, such as Chaos.DrillHours, and GameDayBoard Chaos.Board, both of the package ChaosHarness.GameDay.");
        }

        foreach (var (name, value) in parameters)
        {
            if (!Known.TryGetValue(name, out var read))
            {
                continue;
            }

            if (read(settings, value.Trim()) is { } expected)
            {
                mistakes.Add($"{name} is '{value}', but must be {expected}.");
            }
        }

        if (settings.AsksForGo && GoGivenBy is { } by && string.IsNullOrWhiteSpace(by))
        {
            mistakes.Add($"{GoRequirement.Variable} of the environment is blank, but must be who gives the go, or not be there: then a person is asked.");
        }

        try
        {
            settings.With(safety => safety with { Permits = permits.For(parameters, baseFolder) });
            settings.SetWatchers(watchers.For(parameters, settings.OfWatchers));
        }
        catch (FormatException exception)
        {
            mistakes.Add(exception.Message);
        }

        return mistakes.Count == 0 ? settings.ToProfile() with { Parameters = parameters } : throw new FormatException("The runsettings are wrong. " + string.Join(" ", mistakes));
    }

    // Set to nothing is how some shells unset it.
    private static string? GoGivenBy => Environment.GetEnvironmentVariable(GoRequirement.Variable) is { Length: > 0 } by ? by : null;

    // A halt file whose name lost its dot would never be looked for.
    private static bool IsMeant(string name, IEnumerable<string> known) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || known.Any(one => Letters(one).Equals(Letters(name), StringComparison.OrdinalIgnoreCase));

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetter));

    // Folders in runsettings are meant from where the solution is, not from deep inside bin.
    private static string BaseFolderOf(ITest test) => BaseFolder.Of(Path.GetDirectoryName(test.TypeInfo?.Assembly.Location) ?? Environment.CurrentDirectory);

    private sealed class Settings(string baseFolder)
    {
        private SafetyPolicy _safety = new();
        private string? _results;
        private string? _faultJournals;
        private string? _halt;
        private string? _ledger = Environment.GetEnvironmentVariable(RecorderSettings.LedgerVariable) is { Length: > 0 } ledger ? ledger : null;
        private RunOrigin _origin = RunOrigin.Here(baseFolder) with { Seed = RandomSeed };
        private InconclusiveTests _inconclusive = new();
        private TimeSpan _leaseWait;
        private bool _isLive = true;
        private bool _isWatched = true;
        private IReadOnlyList<IRunWatcher> _watchers = [];
        private TimeSpan? _goWithin;
        private CallLimits _limits = new();

        public string Path(string value) => System.IO.Path.GetFullPath(value, baseFolder);

        public string? With(Func<SafetyPolicy, SafetyPolicy> change)
        {
            _safety = change(_safety);
            return null;
        }

        public string? Say(Func<RunOrigin, RunOrigin> change)
        {
            _origin = change(_origin);
            return null;
        }

        public string? SetHaltFile(string value)
        {
            _halt = value.Length == 0 ? null : Path(value);
            return null;
        }

        public string? SetLedger(string value)
        {
            _ledger = value;
            return null;
        }

        public string? Let(Func<InconclusiveTests, InconclusiveTests> change)
        {
            _inconclusive = change(_inconclusive);
            return null;
        }

        public string? SetLive(bool isLive)
        {
            _isLive = isLive;
            return null;
        }

        // They are made once for the whole session, and tell it as a whole.
        public WatcherSettings OfWatchers => new() { BaseFolder = baseFolder, JournalFolder = Journals, SessionFolder = Session, Tell = static text => TestContext.Progress.WriteLine(text) };

        private string Journals => JournalFolder.Of(baseFolder, _results);

        private string Session => System.IO.Path.Combine(baseFolder, "artifacts", "sessions", TestSession.Name);

        public void SetWatchers(IReadOnlyList<IRunWatcher> watchers) => _watchers = watchers;

        public bool AsksForGo => _goWithin is not null;

        public string? SetGo(TimeSpan? within)
        {
            _goWithin = within;
            return null;
        }

        public string? SetWatchdog(bool isWatched)
        {
            _isWatched = isWatched;
            return null;
        }

        public string? SetLeaseWait(TimeSpan wait)
        {
            _leaseWait = wait;
            return null;
        }

        public string? SetLimits(CallLimits limits)
        {
            _limits = limits;
            return null;
        }

        public string? SetResults(string value)
        {
            _results = Path(value);
            return null;
        }

        public string? SetFaultJournals(string value)
        {
            _faultJournals = Path(value);
            return null;
        }

        public Profile ToProfile()
        {
            // One for all who work in this checkout, one for this session alone, one for all of this user's.
            var safety = _safety with { HaltFiles = [.. new[] { _halt, System.IO.Path.Combine(baseFolder, "artifacts", HaltOrder.FileName), System.IO.Path.Combine(Session, HaltOrder.FileName) }.OfType<string>().Distinct(), .. _safety.HaltFiles] };
            var results = _results ?? System.IO.Path.Combine(Session, "allure-results");
            var options = new RunnerOptions { Safety = safety, LeaseWait = _leaseWait, Limits = _limits, Watchdog = _isWatched, Go = GoOf(_goWithin), PeopleFile = System.IO.Path.Combine(Session, PersonAct.FileName), Origin = _origin, Recorders = [new JournalRecorder(Journals)], Watchers = _watchers };
            return new Profile(
                _faultJournals is { } folder ? options with { FaultJournalFolder = folder } : options,
                new RecorderSettings { BaseFolder = baseFolder, JournalFolder = Journals, ResultsFolder = results, Ledger = _ledger })
            {
                Inconclusive = _inconclusive,
                IsLive = _isLive,
            };
        }

        // Who starts a drill that nobody attends says who lets it.
        private static GoRequirement? GoOf(TimeSpan? within) => within is { } limit
            ? new GoRequirement(limit) { GivenBy = GoGivenBy }
            : null;
    }
}
