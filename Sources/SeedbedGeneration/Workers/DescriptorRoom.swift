import Glibc

/// Makes sure that so many files can be opened at once, and raises the process's own limit where it may.
///
/// Asked before the first worker starts: in the middle of a start the library that starts processes would trap or wait
/// for ever where a pipe is refused.
func requireDescriptors(_ count: Int) throws(GenerationError) {
  var limit = rlimit()
  if getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0, limit.rlim_cur < limit.rlim_max {
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
  var opened: [Int32] = []
  defer { for descriptor in opened { close(descriptor) } }
  while opened.count < count {
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw GenerationError(
        "\(count) files must be open at once for this number of workers, but after \(opened.count) the system says: "
          + "\(String(cString: strerror(errno))). Raise the limit (ulimit -n), or use fewer --workers.", kind: .system)
    }
    opened.append(descriptor)
  }
}
