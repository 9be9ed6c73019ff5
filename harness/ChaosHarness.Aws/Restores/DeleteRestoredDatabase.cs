using Amazon;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Safety;

namespace ChaosHarness.Aws.Restores;

/// <summary>
/// Deletes the instance that a killed run restored: one that carries the token of the restore, and no other. The credentials come from the usual chain: a
/// recipe holds no secrets.
/// </summary>
public sealed class DeleteRestoredDatabase : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "aws.rds.delete-restored";

    private const string InstanceParameter = "instance";
    private const string TokenParameter = "restore";
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
        await UndoAsync(account, recipe, cancellationToken).ConfigureAwait(false);
    }

    internal static RevertRecipe Recipe(AwsAccount account, string instance, string token)
    {
        var parameters = new Dictionary<string, string> { [InstanceParameter] = instance, [TokenParameter] = token, [RegionParameter] = account.Region };
        if (account.Endpoint is { } endpoint)
        {
            parameters[EndpointParameter] = endpoint.AbsoluteUri;
        }

        return new RevertRecipe(
            account.IsOwnedByRun ? RevertRecipe.OwnedByRun : RecipeKind,
            parameters,
            $"In region {account.Region}, delete the RDS instance {instance} if it has the tag {RestoredInstances.Tag}={token}: aws rds delete-db-instance --db-instance-identifier {instance} --skip-final-snapshot.");
    }

    internal static string InstanceOf(RevertRecipe recipe) => recipe.Parameters[InstanceParameter];

    internal static string TokenOf(RevertRecipe recipe) => recipe.Parameters[TokenParameter];

    internal static Task UndoAsync(AwsAccount account, RevertRecipe recipe, CancellationToken cancellationToken) => RestoredInstances.DeleteAsync(account, InstanceOf(recipe), TokenOf(recipe), cancellationToken);
}
