import CRaster

/// Which of the rasteriser's two compiled paths runs. Both give the same bytes.
package enum RenderPath: Sendable {
  /// The fastest that the CPU offers.
  case best
  /// Baseline instructions only.
  case portable

  var raster: RasterPath { self == .best ? RASTER_PATH_BEST : RASTER_PATH_PORTABLE }
}
