using ChaosHarness.Toxiproxy.Server.Timing;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>What the proxies of a server share.</summary>
/// <param name="Time">Where time comes from.</param>
/// <param name="Clock">Moments since the server started.</param>
/// <param name="Seed">What chance depends on.</param>
/// <param name="Events">Where they tell what happens.</param>
/// <param name="Log">Where they log.</param>
internal sealed record ServerContext(TimeProvider Time, Clock Clock, long Seed, EventFeed Events, ILogger Log);
