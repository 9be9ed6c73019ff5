using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Faults;

namespace ChaosHarness.Safety;

/// <summary>Undoes a fault by running a program, such as the one that starts a service.</summary>
internal sealed class RunCommand : IRecipeReverter
{
    public const string RecipeKind = "command.run";
    private const string ProgramParameter = "program";

    public string Kind => RecipeKind;

    public static RevertRecipe Recipe(string program, IReadOnlyList<string> arguments)
    {
        var parameters = new Dictionary<string, string> { [ProgramParameter] = program };
        for (var i = 0; i < arguments.Count; i++)
        {
            parameters[Argument(i)] = arguments[i];
        }

        return new RevertRecipe(RecipeKind, parameters, $"Run: {program} {string.Join(' ', arguments)}");
    }

    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var arguments = new List<string>();
        while (recipe.Parameters.TryGetValue(Argument(arguments.Count), out var argument))
        {
            arguments.Add(argument);
        }

        await RunAsync(recipe.Parameters[ProgramParameter], arguments, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="InvalidOperationException">It could not be started or ended with another code than 0.</exception>
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)) ?? throw new InvalidOperationException($"'{program}' did not start.");
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"'{program} {string.Join(' ', arguments)}' ended with exit code {process.ExitCode}."));
        }
    }

    private static string Argument(int index) => "argument" + index.ToString(CultureInfo.InvariantCulture);
}
