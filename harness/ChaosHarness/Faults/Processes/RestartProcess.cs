using System.Globalization;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Processes;

/// <summary>Brings a process back by a command, unless it runs: never a second copy.</summary>
internal sealed class RestartProcess : IRecipeReverter
{
    public const string RecipeKind = "process.restart";
    private const string PidFileParameter = "pidFile";
    private readonly RunCommand _command = new();

    public string Kind => RecipeKind;

    public static RevertRecipe Recipe(string program, IReadOnlyList<string> arguments, string? pidFile)
    {
        var command = RunCommand.Recipe(program, arguments);
        var parameters = new Dictionary<string, string>(command.Parameters);
        if (pidFile is not null)
        {
            parameters[PidFileParameter] = pidFile;
        }

        return command with { Kind = RecipeKind, Parameters = parameters };
    }

    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        if (Victim.Of(recipe) is not { IsRunning: true } && !RunsByFile(recipe))
        {
            await _command.RevertAsync(recipe, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool RunsByFile(RevertRecipe recipe) =>
        recipe.Parameters.TryGetValue(PidFileParameter, out var file)
        && File.Exists(file)
        && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var id)
        && ProcessIdentity.Find(id) is { } found
        && !(found.StartedAt > File.GetLastWriteTimeUtc(file) + ProcessIdentity.ClockGrain);
}
