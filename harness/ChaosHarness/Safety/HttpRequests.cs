using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.Hosts;

namespace ChaosHarness.Safety;

/// <summary>
/// Undoes a fault by HTTP requests, such as those that remove what was added through the API of a proxy. What is not found is undone already,
/// and so is what was only in the memory of a server of this machine that is gone.
/// </summary>
public sealed class HttpRequests : IRecipeReverter
{
    /// <summary>The kind of its recipes.</summary>
    public const string RecipeKind = "http.request";

    private const string InMemory = "inMemory";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Kind => RecipeKind;

    /// <summary>A recipe that deletes resources.</summary>
    /// <param name="resources">Where they are; never with a secret in it.</param>
    /// <param name="areInMemory">Whether they are nowhere but in the memory of the server, and end with it.</param>
    /// <returns>The recipe.</returns>
    public static RevertRecipe Delete(IReadOnlyList<Uri> resources, bool areInMemory = false)
    {
        ArgumentNullException.ThrowIfNull(resources);
        var parameters = resources.Select((resource, index) => (Name: Request(index), Value: "DELETE " + resource.AbsoluteUri)).ToDictionary(entry => entry.Name, entry => entry.Value);
        var instructions = $"Run: {string.Join("; ", parameters.Values.Select(request => ShellText.Here("curl", ["-X", .. request.Split(' ', 2)])))}";
        if (areInMemory)
        {
            parameters[InMemory] = "true";
        }

        return new RevertRecipe(RecipeKind, parameters, instructions);
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
            using var response = await SendAsync(http, request, recipe.Parameters.ContainsKey(InMemory), cancellationToken).ConfigureAwait(false);
            if (response is not null && response.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.Gone))
            {
                response.EnsureSuccessStatusCode();
            }
        }
    }

    // A refusal of this machine itself: nobody listens there any more. One of another machine may come from what lies between.
    private static async Task<HttpResponseMessage?> SendAsync(HttpClient http, HttpRequestMessage request, bool isInMemory, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception) when (isInMemory && request.RequestUri is { IsLoopback: true } && exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return null;
        }
    }

    private static string Request(int index) => string.Create(CultureInfo.InvariantCulture, $"request{index:000}");
}
