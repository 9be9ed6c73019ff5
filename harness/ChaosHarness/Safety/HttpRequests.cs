using System.Globalization;
using System.Net;

namespace ChaosHarness.Safety;

/// <summary>
/// Undoes a fault by HTTP requests, such as those that remove what was added through the API of a proxy. What is not found is undone already.
/// </summary>
public sealed class HttpRequests : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "http.request";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <summary>A recipe that deletes resources.</summary>
    /// <param name="resources">Where they are; never with a secret in it.</param>
    /// <returns>The recipe.</returns>
    public static RevertRecipe Delete(IReadOnlyList<Uri> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var parameters = resources.Select((resource, index) => (Name: Request(index), Value: "DELETE " + resource.AbsoluteUri)).ToDictionary(entry => entry.Name, entry => entry.Value);
        return new RevertRecipe(RecipeKind, parameters, $"Send these requests, for example with curl -X: {string.Join("; ", parameters.Values)}");
    }

    /// <inheritdoc/>
    public async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        for (var index = 0; recipe.Parameters.TryGetValue(Request(index), out var text); index++)
        {
            var (method, resource) = text.Split(' ', 2) is [var first, var second] ? (first, second) : throw new FormatException($"'{text}' is no request: a method and an address are needed.");
            using var request = new HttpRequestMessage(new HttpMethod(method), resource);
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
            {
                response.EnsureSuccessStatusCode();
            }
        }
    }

    private static string Request(int index) => string.Create(CultureInfo.InvariantCulture, $"request{index:000}");
}
