using System.CommandLine;
using ChaosHarness.Experiments;
using ChaosHarness.People;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>What people say in a drill that goes on: that it may break the system, what they decided and did, what they saw.</summary>
internal static class PeopleCommands
{
    private const int LeastOfAHash = 12;

    public static IEnumerable<Command> Create() =>
    [
        Board(),
        Go(),
        Act("note", "Notes something in the record of the runs that go on, such as what somebody saw.", PersonActKind.Note, isTextNeeded: true),
        Act("decided", "Says that people have decided what is done about the disaster: the time from the alert to here is measured.", PersonActKind.Decided, isTextNeeded: true),
        Act("acted", "Says that what was decided is done: the time from the decision to here is measured.", PersonActKind.Acted, isTextNeeded: false),
    ];

    private static Command Board()
    {
        var command = new Command("board", "Lists the boards of the sessions that go on in this repository: pages that show their runs, and halt them. Exit code 0 when there is one.");
        command.SetAction(_ =>
        {
            var boards = Workspace.Here.SelectMany(workspace => SessionBoard.Find(workspace.Sessions)).ToList();
            foreach (var board in boards)
            {
                Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{TerminalText.Of(board.Address)}  since {board.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, process {board.Process}"));
            }

            Console.Write(boards.Count == 0 ? "No session with a board goes on here. A profile has one with Chaos.Board; those of runs that are over are kept beside their journals, as RUN.board.html." + Environment.NewLine : "");
            return boards.Count == 0 ? ExitCodes.NotAllPassed : ExitCodes.Done;
        });
        return command;
    }

    private static Command Go()
    {
        var (by, role, run) = Who();
        var no = new Option<bool>("--refuse") { Description = "Refuse it: the run ends before anything is broken." };
        var show = new Option<bool>("--show") { Description = "Print the plan that waits, and give no go: what is hit, for how long at most, and how it is undone by hand." };
        var plan = new Option<string?>("--plan") { Description = "The hash of the plan that you saw, or its first 12 digits: the go counts for no other, and the record says that you were shown it." };
        var text = new Argument<string?>("text") { Description = "What there is to say of it; it stands in the record.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("go", "Gives the go to a run that waits for it: it breaks the system then. Without a run that waits, says so. Exit code 0 when it was given.") { text, by, role, run, show, plan, no };
        command.SetAction(parsed =>
        {
            var name = Name(parsed, by);
            var waiting = Running(parsed.GetValue(run)).Where(one => one.WaitsUntil is not null).ToList();
            if (waiting.Count == 0)
            {
                Console.WriteLine("Nothing waits for a go.");
                return ExitCodes.NotAllPassed;
            }

            if (waiting.Count > 1)
            {
                throw new UsageException($"Several runs wait for a go. Name one with --run: {string.Join(", ", waiting.Select(Words))}.");
            }

            var waits = waiting[0];
            if (parsed.GetValue(show))
            {
                Show(waits);
                return ExitCodes.Done;
            }

            var seen = parsed.GetValue(plan)?.Trim();
            if (seen is not null && (seen.Length < LeastOfAHash || waits.Plan?.StartsWith(seen, StringComparison.OrdinalIgnoreCase) is not true))
            {
                throw new UsageException($"The plan that waits is not {seen}: it is {waits.Plan}. To see it: chaos go --show");
            }

            Append(waits, new PersonAct(parsed.GetValue(no) ? PersonActKind.NoGo : PersonActKind.Go, name) { Role = parsed.GetValue(role), Text = parsed.GetValue(text), Plan = seen is null ? null : waits.Plan });
            Console.WriteLine($"{(parsed.GetValue(no) ? "Refused" : "Given")}: {Words(waits)}{(waits.Plan is { } hash ? $", plan {TerminalText.Of(PlanRecord.Abbreviated(hash))}" : "")}.");
            return ExitCodes.Done;
        });
        return command;
    }

    private static void Show(AttendedRun run)
    {
        Console.WriteLine(Words(run));
        foreach (var line in (run.PlanText ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            Console.WriteLine($"  {TerminalText.Of(line)}");
        }

        Console.WriteLine($"SHA-256 {run.Plan}. To agree to it: chaos go --plan {PlanRecord.Abbreviated(run.Plan ?? "")} --by NAME");
    }

    private static Command Act(string name, string description, PersonActKind kind, bool isTextNeeded)
    {
        var (by, role, run) = Who();
        var text = new Argument<string?>("text") { Description = "What; it stands in the record.", Arity = isTextNeeded ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne };
        var command = new Command(name, description) { text, by, role, run };
        command.SetAction(parsed =>
        {
            var who = Name(parsed, by);
            var running = Running(parsed.GetValue(run));
            foreach (var one in running)
            {
                Append(one, new PersonAct(kind, who) { Role = parsed.GetValue(role), Text = parsed.GetValue(text) });
                Console.WriteLine($"In the record of {Words(one)}.{(kind is PersonActKind.Decided or PersonActKind.Acted && !one.IsStruck ? " Nothing has struck yet: it counts for no figure." : "")}");
            }

            Console.Write(running.Count == 0 ? "No run goes on in this repository that could keep it." + Environment.NewLine : "");
            return running.Count == 0 ? ExitCodes.NotAllPassed : ExitCodes.Done;
        });
        return command;
    }

    private static (Option<string> By, Option<string?> Role, Option<string?> Run) Who() =>
    (
        new Option<string>("--by") { Description = "Who. Default: the user of this machine.", DefaultValueFactory = _ => Environment.UserName },
        new Option<string?>("--role") { Description = "In which role, such as \"incident commander\"." },
        new Option<string?>("--run") { Description = "Which run, by its id. Default: every one that goes on, and for a go the only one that waits." });

    private static List<AttendedRun> Running(string? run)
    {
        var all = Workspace.Here.SelectMany(workspace => AttendedRun.Find(workspace.Sessions)).ToList();
        return run is null ? all
            : all.Where(one => one.RunId == run).ToList() is { Count: > 0 } found ? found
            : throw new UsageException($"No run {run} goes on.{(all.Count > 0 ? $" There are: {string.Join(", ", all.Select(Words))}." : "")}");
    }

    private static string Name(ParseResult parsed, Option<string> by) =>
        parsed.GetRequiredValue(by) is var name && !string.IsNullOrWhiteSpace(name) ? name : throw new UsageException("Say who you are: --by NAME.");

    private static void Append(AttendedRun run, PersonAct act) => (act with { RunId = run.RunId, At = DateTimeOffset.UtcNow }).Append(run.File);

    private static string Words(AttendedRun run) => TerminalText.Of($"'{run.Name}' on {run.System} ({run.RunId})");
}
