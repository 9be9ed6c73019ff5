using System.Globalization;
using ChaosHarness.Hosts;
using ChaosHarness.Safety;

namespace ChaosHarness.Faults.Hosts;

/// <summary>The recipe of a fault on a host: where that is, the command that undoes it, and the switch that would undo it there.</summary>
internal static class HostRecipe
{
    private const string HostParameter = "host";
    private const string SwitchParameter = "switch";
    private const string AddressPrefix = "address.";

    // Whoever undoes says how long that may take; this only ends what nobody waits for any more.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The kind for hosts of a kind: whoever knows one kind of host need not know another.</summary>
    public static string KindOf(string hostKind) => "host.command." + hostKind;

    public static RevertRecipe Of(IHost host, HostCommand revert, string? byHand, string? deadMansSwitch)
    {
        var parameters = new Dictionary<string, string> { [HostParameter] = host.Name };
        foreach (var (name, value) in host.Address.Parameters)
        {
            parameters[AddressPrefix + name] = value;
        }

        foreach (var (index, word) in revert.Arguments.Prepend(revert.Program).Index())
        {
            parameters[Word(index)] = word;
        }

        if (deadMansSwitch is not null)
        {
            parameters[SwitchParameter] = deadMansSwitch;
        }

        return new RevertRecipe(KindOf(host.Address.Kind), parameters, byHand ?? $"On {host.Name}, run: {revert}");
    }

    /// <summary>Where the host is that a recipe is for.</summary>
    public static HostAddress AddressOf(RevertRecipe recipe, string hostKind) => new(
        hostKind,
        recipe.Parameters.Where(entry => entry.Key.StartsWith(AddressPrefix, StringComparison.Ordinal)).ToDictionary(entry => entry.Key[AddressPrefix.Length..], entry => entry.Value));

    /// <summary>The name of its switch on the host; empty where it has none.</summary>
    public static string SwitchOf(RevertRecipe recipe) => recipe.Parameters.GetValueOrDefault(SwitchParameter, "");

    /// <summary>Undoes the fault, and then disarms its switch: one that could not be undone is left to the switch.</summary>
    /// <exception cref="InvalidOperationException">It could not be undone.</exception>
    /// <exception cref="HostException">The host does not answer.</exception>
    public static async ValueTask UndoAsync(IHost host, RevertRecipe recipe, CancellationToken cancellationToken)
    {
        var words = new List<string>();
        while (recipe.Parameters.TryGetValue(Word(words.Count), out var word))
        {
            words.Add(word);
        }

        await host.RequireAsync(HostCommand.Script(SwitchScripts.Undo, [SwitchOf(recipe), .. words]) with { Limit = Longest }, "undoing it", cancellationToken).ConfigureAwait(false);
    }

    private static string Word(int index) => string.Create(CultureInfo.InvariantCulture, $"word{index:000}");
}
