using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Hosts;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Recovery.Postgres.Checks;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Restores;

/// <summary>A gigabyte of PostgreSQL that pgBackRest keeps, restored to a moment and looked at; and how much of that time is the harness's own.</summary>
internal static class RestoreFigures
{
    private const string Scale = "70";

    public static async Task RunAsync()
    {
        var folder = SystemFolder.Create();
        await using (folder)
        {
            var data = await folder.AddAsync("source", RunUser.Unprivileged, default);
            var socket = await folder.AddAsync("socket", RunUser.Unprivileged, default);
            var repository = await folder.AddAsync("repository", RunUser.Unprivileged, default);
            await using var server = new PostgresServer(PostgresInstallation.Find(), "source", data);
            var configuration = Path.Combine(folder.Path, "pgbackrest.conf");
            await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"[global]\nrepo1-path={repository}\nlock-path={socket}\nspool-path={socket}\nlog-level-file=off\nstart-fast=y\nprocess-max=2\ncompress-type=lz4\n[shop]\npg1-path={data}\npg1-port={server.Port}\npg1-socket-path={socket}\npg1-user=postgres\n"));
            await server.CreateAsync(default);
            await server.StartAsync(ServerRole.Primary, $"unix_socket_directories = '{socket}'\nmax_wal_size = 4GB\narchive_mode = on\narchive_command = 'pgbackrest --config={configuration} --stanza=shop archive-push %p'\n", default);
            string[] tool = ["pgbackrest", $"--config={configuration}", "--stanza=shop"];
            var port = server.Port.ToString(CultureInfo.InvariantCulture);
            await SucceedAsync(RunUser.Unprivileged, [.. tool, "stanza-create"]);
            await SucceedAsync(null, ["/bin/sh", "-c", "PATH=$PATH:/usr/lib/postgresql/$(ls /usr/lib/postgresql | sort -n | tail -n 1)/bin exec pgbench -i -q -s \"$1\" -h 127.0.0.1 -p \"$2\" -U postgres postgres", "sh", Scale, port]);
            await SucceedAsync(RunUser.Unprivileged, [.. tool, "--type=full", "backup"]);
            await server.AskAsync("INSERT INTO pgbench_history (tid, bid, aid, delta) SELECT 1, 1, n, 7 FROM generate_series(1, 10000) n", default);
            var moment = new DateTimeOffset((DateTime)(await server.AskAsync("SELECT clock_timestamp()", default))!, TimeSpan.Zero);
            await server.AskAsync("INSERT INTO pgbench_history (tid, bid, aid, delta) SELECT 2, 2, n, 8 FROM generate_series(1, 10000) n", default);
            await server.AskAsync("SELECT pg_switch_wal()", default);
            await SucceedAsync(RunUser.Unprivileged, [.. tool, "check"]);
            await using var source = new PostgresSource(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={server.Port};Username=postgres;Database=postgres"));
            var restore = new PostgresRestore(new PgBackRest("shop") { Configuration = configuration }, source, new PostgresPlace(Path.Combine(folder.Path, "copy")))
            {
                Moment = RestoreMoment.At(moment),
                Checks = [new SqlCheck("rows", "SELECT count(*) FROM pgbench_history", "10000"), new SqlCheck("accounts", "SELECT count(*) FROM pgbench_accounts", "7000000")],
            };
            var size = (long)(await server.AskAsync("SELECT pg_database_size('postgres')", default))!;
            await MeasureAsync(restore, size);
        }
    }

    private static async Task MeasureAsync(PostgresRestore restore, long size)
    {
        var clock = new RunClock(TimeProvider.System);
        var history = new HistoryWriter(clock);
        var recipe = await ((Fault)restore).PlanRevertAsync(default);
        using var process = Process.GetCurrentProcess();
        var (load, own) = (await File.ReadAllTextAsync("/proc/loadavg"), process.TotalProcessorTime);
        await ((Restore)restore).ApplyAsync(recipe, clock, history, default);
        process.Refresh();
        own = process.TotalProcessorTime - own;
        await ((Fault)restore).RevertAsync(recipe, default);
        var outcome = new RestoreChecker().Check(history.LookAtAll()).Restores.Single();
        Figures.Print("restore: database", string.Create(CultureInfo.InvariantCulture, $"{size / 1_000_000} MB, load {load.Split(' ')[0]}"), "1 GB");
        Figures.Print("restore: to a moment, and looked at", Seconds(outcome.Time), "at most 30 s");
        Figures.Print("restore: what came of it", outcome.ToString(), "sound");
        foreach (var phase in outcome.Copy.Phases)
        {
            Figures.Print($"restore: {phase.Name}", Seconds(phase.When.Length), "reported");
        }

        Figures.Print("restore: processor time of the harness itself", Seconds(own), "reported");
    }

    private static async Task SucceedAsync(string? user, IReadOnlyList<string> words)
    {
        var result = await new LocalHost().RunAsync(CopyCommand.Of(user, words) with { Limit = TimeSpan.FromMinutes(10) }, default);
        if (!result.IsSuccess)
        {
            throw new InvalidOperationException($"{words[0]}: {result.Output}{result.Error}");
        }
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
