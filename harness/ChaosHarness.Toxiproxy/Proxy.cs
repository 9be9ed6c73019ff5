using System.Text.Json.Serialization;
using ChaosHarness.Toxiproxy.Json;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy;

/// <summary>A proxy on a server.</summary>
public sealed class Proxy
{
    private Client? _client;

    /// <summary>Unique within its server.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where clients connect, <c>host:port</c>; port 0 takes a free one.</summary>
    public string Listen { get; set; } = "";

    /// <summary>Where it leads, <c>host:port</c>.</summary>
    public string Upstream { get; set; } = "";

    /// <summary>Whether it listens.</summary>
    /// <value>Default: true.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether the end of one direction leaves the other open. Only with the server of this harness.</summary>
    /// <value>Default: null, which is no.</value>
    [JsonPropertyName("half_close")]
    public bool? HalfClose { get; set; }

    /// <summary>How long dialling the upstream may take. Only with the server of this harness.</summary>
    /// <value>Default: null, as long as the operating system tries.</value>
    [JsonPropertyName("dial_timeout"), JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan? DialTimeout { get; set; }

    /// <summary>How long it stays unless renewed. Only with the server of this harness.</summary>
    /// <value>Default: null, for ever.</value>
    [JsonConverter(typeof(MillisecondsConverter))]
    public TimeSpan? Lease { get; set; }

    /// <summary>The client that it came from.</summary>
    [JsonIgnore]
    internal Client Client
    {
        get => _client ?? throw new InvalidOperationException($"The proxy '{Name}' did not come from a client: add it to one first.");
        set => _client = value;
    }

    /// <summary>Deletes it.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>When it is deleted.</returns>
    public Task DeleteAsync(CancellationToken cancellationToken = default) => Client.DeleteAsync(this, cancellationToken);

    /// <summary>Brings its addresses and whether it is enabled to the server.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The proxy as it is now.</returns>
    public Task<Proxy> UpdateAsync(CancellationToken cancellationToken = default) => Client.UpdateAsync(this, cancellationToken);

    /// <summary>Adds a toxic.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="toxic">The toxic.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The toxic as the server has it.</returns>
    public Task<T> AddAsync<T>(T toxic, CancellationToken cancellationToken = default)
        where T : ToxicBase => Client.AddToxicToProxyAsync(this, toxic, cancellationToken);

    /// <summary>Asks for its toxics.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>First all upstream, then all downstream, each in order of adding.</returns>
    public Task<IEnumerable<ToxicBase>> GetAllToxicsAsync(CancellationToken cancellationToken = default) => Client.FindAllToxicsByProxyNameAsync(Name, cancellationToken);

    /// <summary>Asks for a toxic.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The toxic.</returns>
    public Task<ToxicBase> GetToxicByNameAsync(string name, CancellationToken cancellationToken = default) => Client.FindToxicByProxyNameAndToxicNameAsync(this, name, cancellationToken);

    /// <summary>Removes a toxic.</summary>
    /// <param name="toxicName">Its name.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>When it is removed.</returns>
    public Task RemoveToxicAsync(string toxicName, CancellationToken cancellationToken = default) => Client.RemoveToxicFromProxyAsync(Name, toxicName, cancellationToken);

    /// <summary>Changes the attributes and the toxicity of a toxic.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="toxicName">Its name.</param>
    /// <param name="toxic">What it is to be; its name, type and direction stay as they are.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>When it is changed.</returns>
    public Task UpdateToxicAsync<T>(string toxicName, T toxic, CancellationToken cancellationToken = default)
        where T : ToxicBase => Client.UpdateToxicAsync(Name, toxicName, toxic, cancellationToken);
}
