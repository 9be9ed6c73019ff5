using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>Undoes a fault by running a program, such as the one that starts a service.</summary>
internal sealed class RunCommand : IRecipeReverter
{
    public const string RecipeKind = "command.run";
    private const string ProgramParameter = "program";
    private const int MostOutput = 500;

    /// <summary>How long a program may take before it is ended.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private const string NewSession = "setsid";

    public string Kind => RecipeKind;

    public static RevertRecipe Recipe(string program, IReadOnlyList<string> arguments)
    {
        var parameters = new Dictionary<string, string> { [ProgramParameter] = program };
        for (var i = 0; i < arguments.Count; i++)
        {
            parameters[Argument(i)] = arguments[i];
        }

        return new RevertRecipe(RecipeKind, parameters, $"Run: {ShellText.Here(program, arguments)}");
    }

    /// <summary>Whether a program is where starting it looks: at its path, or by its name beside this one, here, and on the PATH.</summary>
    public static bool CanFind(string program) => Find(program) is not null;

    private static string? Find(string program)
    {
        var names = OperatingSystem.IsWindows() && !Path.HasExtension(program) ? [program + ".exe", program] : (string[])[program];
        if (program.Contains(Path.DirectorySeparatorChar) || program.Contains(Path.AltDirectorySeparatorChar))
        {
            return names.FirstOrDefault(File.Exists);
        }

        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] folders = [Path.GetDirectoryName(Environment.ProcessPath) ?? ".", ".", Environment.SystemDirectory, .. onPath];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var arguments = new List<string>();
        while (recipe.Parameters.TryGetValue(Argument(arguments.Count), out var argument))
        {
            arguments.Add(argument);
        }

        await RunAsync(recipe.Parameters[ProgramParameter], arguments, Patience, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs a program to its end; nothing that it writes reaches the console.</summary>
    /// <exception cref="InvalidOperationException">It could not be started, took too long, or ended with another code than 0; says what it wrote last.</exception>
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan patience, CancellationToken cancellationToken)
    {
        // In a session of its own: an interrupt from the terminal is for the run, which still needs the program to put something back.
        var start = OperatingSystem.IsLinux() && Find(program) is { } found && Find(NewSession) is { } own ? new ProcessStartInfo(own, [found, .. arguments]) : new ProcessStartInfo(program, arguments);
        (start.RedirectStandardOutput, start.RedirectStandardError, start.RedirectStandardInput) = (true, true, true);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' did not start.");
        process.StandardInput.Close();
        var output = new Tail();
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            // Not for the end of its output: a service that it started in the background keeps that open.
            await EndedAsync(process, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"`{ShellText.Here(program, arguments)}` was ended after {DurationText.Format(patience)}.{output}");
        }

        if (process.ExitCode != 0)
        {
            // What it wrote last may still be on its way.
            await Task.Delay(50, CancellationToken.None).ConfigureAwait(false);
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"`{ShellText.Here(program, arguments)}` ended with exit code {process.ExitCode}.{output}"));
        }
    }

    private static async Task EndedAsync(Process process, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ended.TrySetResult();
        if (!process.HasExited)
        {
            await ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Argument(int index) => "argument" + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The end of what a program wrote.</summary>
    private sealed class Tail
    {
        private readonly Lock _lock = new();
        private string _text = "";

        public void Add(string? line)
        {
            lock (_lock)
            {
                var text = line is null ? _text : $"{_text} {line.Trim()}";
                _text = text.Length > MostOutput ? text[^MostOutput..] : text;
            }
        }

        public override string ToString()
        {
            lock (_lock)
            {
                return _text.Length == 0 ? "" : " It wrote:" + _text;
            }
        }
    }
}
