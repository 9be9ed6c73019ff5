using Amazon;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Safety;

namespace ChaosHarness.Aws.Faults;

/// <summary>
/// Undoes what a killed run left in FIS: stops its experiment, which undoes what that does, and removes its template. The credentials come
/// from the usual chain: a recipe holds no secrets.
/// </summary>
public sealed class StopFisExperiment : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "aws.fis.stop";

    private const string TokenParameter = "run";
    private const string RegionParameter = "region";
    private const string EndpointParameter = "endpoint";

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var endpoint = recipe.Parameters.TryGetValue(EndpointParameter, out var url) ? new Uri(url) : null;
        using var account = new AwsAccount(RegionEndpoint.GetBySystemName(recipe.Parameters[RegionParameter]), endpoint: endpoint);
        await FisRuns.CleanUpAsync(account, TokenOf(recipe), cancellationToken).ConfigureAwait(false);
    }

    internal static string TokenOf(RevertRecipe recipe) => recipe.Parameters[TokenParameter];

    internal static RevertRecipe Recipe(AwsAccount account, string token)
    {
        var parameters = new Dictionary<string, string> { [TokenParameter] = token, [RegionParameter] = account.Region };
        if (account.Endpoint is { } endpoint)
        {
            parameters[EndpointParameter] = endpoint.AbsoluteUri;
        }

        return new RevertRecipe(
            account.IsOwnedByRun ? RevertRecipe.OwnedByRun : RecipeKind,
            parameters,
            $"In region {account.Region}, stop the FIS experiment with the tag {FisRuns.Tag}={token} (aws fis stop-experiment), wait until it has stopped, and delete the template with the same tag.");
    }
}
